// SPDX-License-Identifier: GPL-3.0-or-later
// Runs inside the page: labels of inline charts that leave their view box or lie on each other.

// The oriented box of a text in the coordinates of its chart, 1 px smaller on each side.
function corners(text, svg) {
  const box = text.getBBox();
  const grace = 1;
  if (box.width <= 2 * grace || box.height <= 2 * grace) return null;
  const place = svg.getScreenCTM().inverse().multiply(text.getScreenCTM());
  const [x0, x1] = [box.x + grace, box.x + box.width - grace];
  const [y0, y1] = [box.y + grace, box.y + box.height - grace];
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(([x, y]) => {
    const point = new DOMPoint(x, y).matrixTransform(place);
    return [point.x, point.y];
  });
}

// Two convex boxes are apart when a side of one separates them.
function apart(a, b) {
  for (const box of [a, b])
    for (let i = 0; i < 2; i++) {
      const axis = [box[i + 1][0] - box[i][0], box[i + 1][1] - box[i][1]];
      const along = (p) => p[0] * axis[0] + p[1] * axis[1];
      const [u, v] = [a.map(along), b.map(along)];
      if (Math.max(...u) <= Math.min(...v) || Math.max(...v) <= Math.min(...u)) return true;
    }
  return false;
}

function chartProblems() {
  const problems = [];
  let labels = 0;
  for (const svg of document.querySelectorAll("figure svg")) {
    const name = svg.closest("figure").id;
    const view = svg.viewBox.baseVal;
    const texts = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim());
    const boxes = texts.map((t) => ({ text: t.textContent.trim(), at: corners(t, svg) }));
    const seen = boxes.filter((b) => b.at);
    labels += seen.length;
    for (const { text, at } of seen)
      if (at.some(([x, y]) => x < view.x || y < view.y || x > view.x + view.width ||
                              y > view.y + view.height))
        problems.push(`${name}: outside the view box: ${text}`);
    for (let i = 0; i < seen.length; i++)
      for (let k = i + 1; k < seen.length; k++)
        if (!apart(seen[i].at, seen[k].at))
          problems.push(`${name}: one on the other: ${seen[i].text} | ${seen[k].text}`);
  }
  return { labels, charts: document.querySelectorAll("figure svg").length, problems };
}

export const chartScript =
  `(() => { ${corners}\n${apart}\n${chartProblems}\nreturn chartProblems(); })()`;
