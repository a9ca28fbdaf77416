// The network as a drawing; the table below it has the same without script.
"use strict";
document.addEventListener("DOMContentLoaded", async () => {
  const box = document.getElementById("network");
  if (!box) return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const { nodes, edges } = await (await fetch("/network.json")).json();
  box.classList.add("on");
  nodes.forEach((node, i) => { // on a ring to begin with, so that the drawing is the same each time
    const turn = (2 * Math.PI * i) / nodes.length;
    node.position = { x: 300 * Math.cos(turn), y: 300 * Math.sin(turn) };
  });
  const drawing = cytoscape({
    container: box,
    elements: [...nodes, ...edges],
    style: [
      { selector: "node", style: { label: "data(name)", "font-size": 11, color: colour("--ink"), "background-color": colour("--soft"),
          width: 16, height: 16, "text-wrap": "ellipsis", "text-max-width": 120, "text-background-color": colour("--card"),
          "text-background-opacity": 0.8 } },
      { selector: "edge", style: { "curve-style": "bezier", "target-arrow-shape": "triangle", width: "mapData(weight, 1, 20, 1.5, 8)" } },
      ...[1, 2, 3, 4].map((quad) => ({ selector: `edge[quad = ${quad}]`,
        style: { "line-color": colour(`--q${quad}`), "target-arrow-color": colour(`--q${quad}`) } })),
    ],
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 60000, idealEdgeLength: () => 80, padding: 40 },
  });
  drawing.on("tap", "edge", (event) => { location.href = event.target.data("href"); });
  drawing.on("tap", "node", (event) => { location.href = `/sources/${event.target.id()}`; });
  window.drawing = drawing;
});
