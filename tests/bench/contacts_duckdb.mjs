// SPDX-License-Identifier: GPL-3.0-or-later
// What DuckDB makes of the contacts: key,indicator,value for every region (ALL: together), quarter,
// channel and segment. Usage: contacts_duckdb.mjs FILE OUT THREADS
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(process.env.DUCKDB_HOME + '/')('@duckdb/node-api');
const [file, out, threads] = process.argv.slice(2);
const base = await DuckDBInstance.create(':memory:', { threads });
const db = await base.connect();
const rows = (await db.runAndReadAll(`
  SELECT coalesce(region, 'ALL') AS place, span,
         CASE WHEN grouping(channel) = 0 THEN 'channel' WHEN grouping(segment) = 0 THEN 'segment' ELSE '' END AS dim,
         coalesce(channel, segment, '') AS word,
         count(*) contacts, count(DISTINCT client) clients, avg(wait) wait_mean,
         quantile_cont(wait, 0.5) wait_median, quantile_cont(wait, 0.9) wait_p90,
         100.0 * count(*) FILTER (resolved = 'yes') / count(resolved) resolved,
         100.0 * count(*) FILTER (referred = 'yes') / count(referred) referred,
         100.0 * count(*) FILTER (core = 'Y') / count(core) core_share,
         sum(fee) fees, avg(handle) handle_mean
  FROM (SELECT region, year(time) || 'Q' || quarter(time) AS span, coalesce(channel, '?') AS channel,
               coalesce(segment, '?') AS segment, client, wait, resolved, referred, core, fee, handle
        FROM read_csv('${file}', types = {'time': 'TIMESTAMP', 'wait': 'DOUBLE', 'client': 'VARCHAR',
                      'fee': 'DECIMAL(18,2)', 'handle': 'DOUBLE', 'core': 'VARCHAR',
                      'resolved': 'VARCHAR', 'referred': 'VARCHAR'}))
  GROUP BY GROUPING SETS ((region, span), (span), (region, span, channel), (span, channel),
                          (region, span, segment), (span, segment))`)).getRowObjects();
const lines = [];
for (const row of rows) {
  if (row.word === '?') continue; // a missing level has a number of contacts only
  for (const [name, value] of Object.entries(row).slice(4))
    if (value !== null) lines.push(`${row.place} ${row.span} ${row.dim} ${row.word} ${name},${Number(value.toString())}`);
}
writeFileSync(out, lines.sort().join('\n') + '\n');
