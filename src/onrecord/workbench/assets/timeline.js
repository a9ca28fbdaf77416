// The timeline as a drawing; the table below it has the same without script.
"use strict";
document.addEventListener("DOMContentLoaded", async () => {
  const box = document.getElementById("timeline");
  if (!box) return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const values = await (await fetch("/timeline.json")).json();
  if (values.length < 2) return;
  box.classList.add("on");
  const day = { field: "day", type: "temporal", timeUnit: "utcyearmonthdate", scale: { type: "utc" }, title: null };
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: Math.max(260, box.clientWidth - 150), height: 230, background: null, data: { values },
    resolve: { scale: { y: "independent" } },
    layer: [
      { mark: { type: "bar", color: colour("--q1"), opacity: 0.55, cursor: "pointer", width: { band: 0.8 } },
        encoding: { x: day, y: { field: "claims", type: "quantitative", title: "claims" } } },
      { transform: [{ filter: "isValid(datum.goldstein)" }],
        mark: { type: "line", color: colour("--q4"), point: { color: colour("--q4"), size: 40 } },
        encoding: { x: { ...day, bandPosition: 0.5 },
                    y: { field: "goldstein", type: "quantitative", title: "mean Goldstein", scale: { domain: [-10, 10] } } } },
    ],
    config: { axis: { labelColor: colour("--ink"), titleColor: colour("--ink"), gridColor: colour("--line"), domainColor: colour("--soft"),
                      tickColor: colour("--soft") }, view: { stroke: null } },
  };
  const runtime = vega.parse(vegaLite.compile(spec).spec, null, { ast: true });
  const view = new vega.View(runtime, { expr: vegaInterpreter.expressionInterpreter, renderer: "canvas", container: box });
  view.addEventListener("click", (event, item) => {
    const datum = item && item.datum;
    const value = datum && (datum.utcyearmonthdate_day || datum.day);
    if (!value) return;
    const named = new Date(value).toISOString().slice(0, 10);
    location.href = `/timeline?day=${encodeURIComponent(named)}#day`;
  });
  await view.runAsync();
});
