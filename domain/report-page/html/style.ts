/** Colours of the page on its ground; text ones keep a contrast of 4.5 or more, lines one of 3. */
export const light = {
  ground: '#ffffff',
  card: '#f5f6f8',
  text: '#191c20',
  fine: '#50565e',
  line: '#d5d9df',
  alarm: '#b3261e',
  steady: '#1b6b3c',
  inconclusive: '#7d5300',
  beyond: '#f8e3e1',
  before: '#d3d9e1',
  'before-line': '#717c8b',
  now: '#0b57d0',
} as const;

export const dark: Readonly<Record<keyof typeof light, string>> = {
  ground: '#14161a',
  card: '#1d2026',
  text: '#e9ebee',
  fine: '#aab1bb',
  line: '#3a404a',
  alarm: '#ff9a90',
  steady: '#7fd6a0',
  inconclusive: '#f0c04c',
  beyond: '#3d2222',
  before: '#3f4753',
  'before-line': '#8792a2',
  now: '#8ab4ff',
};

function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}

export const style = `:root{color-scheme:light dark;${properties(light)}}
@media (prefers-color-scheme:dark){:root{${properties(dark)}}}
@media print{:root{color-scheme:light;${properties(light)}}.card,tr,figure{break-inside:avoid}h2{break-after:avoid}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.25rem;overflow-wrap:anywhere}
header{padding-top:2rem}
footer{padding-bottom:3rem}
h1,h2,h3,p,ul,ol,dl,dd,figure{margin:0}
h1{font-size:1rem;font-weight:600;color:var(--fine)}
h2{font-size:1.25rem;margin:2.5rem 0 .25rem}
h3{font-size:1rem}
ul,ol{padding:0;list-style:none}
.lead{font-size:1.45rem;line-height:1.35;margin:.25rem 0 .5rem;text-wrap:pretty}
.says{max-width:52rem}
.alarm{color:var(--alarm)}.steady{color:var(--steady)}.inconclusive{color:var(--inconclusive)}
.fine,figcaption,dt{color:var(--fine);font-size:.875rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.75rem 1.5rem;margin-top:1.25rem;padding:1rem;background:var(--card);border-radius:.5rem}
dd{font-variant-numeric:tabular-nums}
.card{display:grid;grid-template-columns:11rem 1fr 220px;gap:.1rem 1.5rem;align-items:start;padding:.8rem 0 .5rem;border-top:1px solid var(--line)}
.performance .card{grid-template-columns:11rem 1fr}
.cards{margin-top:.75rem;border-bottom:1px solid var(--line)}
.how .chart{display:block;width:400px;max-width:100%;height:auto;margin-top:.4rem}
.spread{display:block;width:100%;max-width:220px;height:56px}
p.way{display:flex;align-items:center;gap:.6rem;margin-top:.2rem}
svg.way{width:120px;height:28px;flex:none;overflow:visible}
.alarm-at{stroke:var(--alarm);stroke-width:1;stroke-dasharray:3 2}
.end{fill:var(--now)}
.chart{overflow:visible;color:var(--fine)}
.axis{stroke:var(--line);fill:none}
.beyond{fill:var(--beyond)}
.threshold{stroke:var(--alarm);stroke-width:1.5;stroke-dasharray:3 2}
.reference{stroke:var(--before-line);stroke-width:3;fill:none}
.interval{stroke:var(--text);stroke-width:2;fill:none}
.mark{stroke:var(--ground);stroke-width:1.5}
.chart.alarm .mark{fill:var(--alarm)}.chart.steady .mark{fill:var(--steady)}.chart.inconclusive .mark{fill:var(--inconclusive)}
.before{fill:var(--before);stroke:var(--before-line);stroke-width:1}
.now{fill:none;stroke:var(--now);stroke-width:2}
.now.filled{fill:var(--now);stroke:none}
a{color:var(--now)}
.key{margin-top:.35rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center}
.key svg{width:26px;height:16px;vertical-align:-3px;margin-right:.35rem}
details.all,details.more{grid-column:1/-1}
summary{cursor:pointer;color:var(--fine);font-size:.875rem;padding:.15rem 0}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--now);outline-offset:2px}
.more>summary{padding:.75rem 0;font-size:1rem;color:var(--text)}
.tables{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;padding:.5rem 0;align-items:flex-start}
table{border-collapse:collapse;font-size:.875rem}
th,td{text-align:left;padding:.2rem .75rem .2rem 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top}
td.alarm,td.steady,td.inconclusive{white-space:nowrap}
thead th{font-weight:600;color:var(--fine);overflow-wrap:normal}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto;margin-top:.75rem}
.scroll table{overflow-wrap:break-word}
.plain li{padding:.2rem 0}
code{font-size:.9em}
@media (max-width:46rem){.card,.performance .card{grid-template-columns:1fr}.lead{font-size:1.2rem}header{padding-top:1.25rem}}`;
