// SPDX-License-Identifier: GPL-3.0-or-later
// The style of the page: one column of text, rules instead of boxes, one accent. Colours keep 4.5:1
// for text and 3:1 for borders in both schemes; charts keep a white ground in the dark one.
#include "engine/report/html.h"

static const char *const rules[] = {
    ":root{color-scheme:light dark;--ground:#fff;--ink:#1b2126;--soft:#4f5b66;--line:#d8dde2;"
    "--rule:#76828d;--accent:#1a5276;--wash:#f3f6f8}",
    "@media (prefers-color-scheme:dark){:root{--ground:#14181c;--ink:#e6e9ec;--soft:#adb7c0;"
    "--line:#353e46;--rule:#7f8b96;--accent:#8cc4ec;--wash:#1c2228}}",
    "*{box-sizing:border-box}",
    "html{-webkit-text-size-adjust:100%;scroll-behavior:auto}",
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:1rem/1.6 \"Segoe UI\",\"Noto Sans\",\"Helvetica Neue\",Arial,\"DejaVu Sans\",sans-serif;"
    "overflow-wrap:break-word}",
    ".page{max-width:66rem;margin:0 auto;padding:0 1.25rem}",
    "h1,h2,h3{font-family:Georgia,\"Noto Serif\",\"DejaVu Serif\",serif;font-weight:600;"
    "line-height:1.25;text-wrap:balance}",
    "h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.5rem);margin:0 0 .75rem}",
    "h2{font-size:1.6rem;margin:0 0 1.25rem;padding-top:1rem;border-top:3px solid var(--accent)}",
    "h3{font-size:1.2rem;margin:0 0 1rem}",
    "p,ul,ol,dl{max-width:46rem}",
    "a{color:var(--accent);text-underline-offset:.15em}",
    "a:focus-visible,.scroll:focus-visible,.chart:focus-visible,summary:focus-visible{outline:3px "
    "solid var(--accent);"
    "outline-offset:2px}",
    ".skip{position:absolute;left:-100vw;top:0;padding:.5rem 1rem;background:var(--ground)}",
    ".skip:focus{left:0;z-index:1}",
    ".unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;"
    "clip-path:inset(50%);white-space:nowrap}",
    "header{padding:2rem 0 2.5rem;border-bottom:1px solid var(--line);margin-bottom:2.5rem}",
    ".switch{display:flex;justify-content:space-between;gap:1rem;margin:0 0 2.5rem;"
    "max-width:none;color:var(--soft);font-size:.9375rem}",
    ".switch a{display:inline-block;min-height:1.5rem}",
    ".facts{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem;margin:0;color:var(--soft)}",
    ".facts div{display:flex;gap:.5rem}.facts dt{font-weight:400}.facts dd{margin:0;"
    "color:var(--ink)}",
    ".banner{margin:1.5rem 0 0;padding:.75rem 1rem;border:2px solid var(--accent);"
    "font-weight:600;max-width:46rem}",
    "nav ul{list-style:none;margin:0 0 1rem;padding:0;columns:16rem;column-gap:2.5rem;"
    "max-width:none}",
    "nav li{break-inside:avoid}",
    "nav li a,.files a{display:inline-block;min-height:1.5rem;padding:.2rem 0}",
    "section{margin:0 0 4rem}section section{margin:0 0 3rem}",
    ".highlights ul{list-style:none;margin:0;padding:0}",
    ".highlights li{margin:0 0 1rem;padding:.1rem 0 .1rem 1.25rem;"
    "border-left:3px solid var(--accent);font-size:1.0625rem}",
    "li{margin:0 0 .35rem}",
    ".scroll{overflow-x:auto;margin:0 0 2.5rem;position:relative}",
    "table{border-collapse:collapse;min-width:min(100%,36rem);font-size:.9375rem;line-height:1."
    "5rem;"
    "font-variant-numeric:tabular-nums lining-nums}",
    "caption{text-align:left;font-weight:600;padding:0 0 .75rem}",
    // On a narrow screen the title stays in sight while its table is moved sideways.
    "caption .title{display:block;position:sticky;left:0;width:fit-content;"
    "max-width:min(46rem,calc(100vw - 3rem))}",
    "caption .number{color:var(--accent)}",
    "th,td{padding:.4rem .9rem;text-align:left;vertical-align:baseline}",
    "th:first-child{padding-left:.4rem}td:last-child,th:last-child{padding-right:.4rem}",
    "thead th{vertical-align:bottom;font-size:.8125rem;line-height:1.25rem;font-weight:600;"
    "color:var(--soft);border-top:2px solid var(--ink);border-bottom:1px solid var(--rule)}",
    "tbody th{font-weight:400;min-width:8rem}",
    "tbody tr+tr>*{border-top:1px solid var(--line)}",
    "tbody tr:last-child>*{border-bottom:2px solid var(--ink)}",
    "tbody tr.whole>*{font-weight:600;background:var(--wash);border-top:1px solid var(--rule)}",
    ".n{text-align:right}td.n{white-space:nowrap}",
    ".soft{color:var(--soft)}",
    "sup{font-size:.7em;line-height:0;margin-left:.1em}",
    "abbr{text-decoration:none}",
    ".notes{margin:-1.9rem 0 2.5rem;padding:0;list-style:none;font-size:.875rem;line-height:1.45;"
    "color:var(--soft)}",
    "figure{margin:0 0 2.5rem;max-width:none}",
    "figure .chart{background:#fff;overflow-x:auto}",
    "figure svg,figure img{display:block;max-width:100%;height:auto}",
    "@media screen and (max-width:44rem){figure svg,figure img{width:44rem;max-width:none}}",
    "figcaption{margin:.6rem 0 0;font-size:.875rem;color:var(--soft);max-width:46rem}",
    "figcaption a{display:inline-block;min-height:1.5rem}",
    ".symbols{display:grid;grid-template-columns:3rem 1fr;gap:.4rem 1rem;margin:0}",
    ".symbols dt{font-weight:600}.symbols dd{margin:0}",
    ".symbols :target{background:var(--wash)}",
    ".files{list-style:none;padding:0}",
    ".sums{font-size:.8125rem}.sums dt{margin-top:.5rem}.sums dd{margin:0;"
    "font-family:\"DejaVu Sans Mono\",Consolas,monospace;overflow-wrap:anywhere;color:var(--soft)}",
    "summary{cursor:pointer;min-height:1.5rem}",
    "footer{border-top:1px solid var(--line);padding:1.5rem 0 3rem;color:var(--soft);"
    "font-size:.875rem}",
    ".wide{font-size:.875rem}.wide thead th{font-size:.75rem}.wide th,.wide "
    "td{padding-left:.4rem;padding-right:.4rem}.wide "
    ".soft{white-space:normal}",
    "@media (max-width:40rem){th,td{padding:.4rem .6rem}h2{font-size:1.35rem}}",
    "@media (min-width:60rem){tbody th{min-width:13rem}.wide tbody th{min-width:9rem}}",
    "@media print{:root{--ground:#fff;--ink:#000;--soft:#333;--line:#bbb;--rule:#666;"
    "--accent:#1a5276;--wash:#f3f3f3}body{font-size:10pt}.page{max-width:none;padding:0}"
    "nav,.skip,.switch{display:none}thead{display:table-header-group}"
    "tr,figure,caption{break-inside:avoid}h2,h3,caption{break-after:avoid}"
    ".scroll{overflow:visible}table{font-size:8.5pt}a{color:inherit;text-decoration:none}"
    ".files a::after{content:\" (\" attr(href) \")\"}section{margin:0 0 1.5rem}}",
};

void html_style(struct page *p)
{
    html_raw(p, "<style>\n");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        html_raw(p, rules[i]);
        html_raw(p, "\n");
    }
    html_raw(p, "</style>\n");
}
