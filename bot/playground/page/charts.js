/** How is a chart of lines or bars drawn, and what does it say to somebody who does not see it? */

import { h } from "./dom.js";

const WIDTH = 520;
const HEIGHT = 220;
const EDGE = { top: 12, right: 36, bottom: 26, left: 46 };
const MOST_TICKS = 5;
const MOST_LABELS = 6;
const STEPS = [1, 2, 5, 10];

/** A data_visualization block: its title, the lines, and which line is which. */
export function chart({ title, chart: { type, series, axis_config: axis } }) {
  const bars = type === "bar";
  const scale = scaleOf(series, bars);
  const drawn = bars ? series.map((each, at) => drawnBars(each, at, series.length, scale))
    : series.map((each, at) => drawnLine(each, at, scale));
  return h("figure", { class: "chart" },
    h("figcaption", {}, title),
    h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": inWords(title, series, axis, bars) },
      grid(scale), labels(axis.categories, bars), drawn),
    axis.x_label && h("p", { class: "axis" }, axis.x_label),
    h("ul", { class: "legend", "aria-hidden": "true" }, series.map(({ name }, at) => h("li", {}, sample(at), name))));
}

/** All that the lines show, in their order: a line that stays the same is said once. */
function inWords(title, series, axis, bars) {
  const lines = series.map(({ name, data }) => {
    const isFlat = data.length > 1 && data.every(({ value }) => value === data[0].value);
    return `${name}: ${isFlat ? data[0].value : data.map(({ label, value }) => `${label} ${value}`).join(", ")}`;
  });
  return [`${bars ? "Bar" : "Line"} chart: ${title}`, axis.y_label, ...lines].filter(Boolean).join(". ");
}

/** The lowest and the highest number that the chart shows, and the numbers beside it; bars begin at nothing. */
function scaleOf(series, bars) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  if (bars) values.push(0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = stepFor((high - low || Math.abs(high) || 1) / (MOST_TICKS - 1));
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
  if (ticks.length === 1) ticks.push(ticks[0] + step);
  return { ticks, y: (value) => heightOf((value - ticks[0]) / (ticks.at(-1) - ticks[0])) };
}

function stepFor(rough) {
  const size = 10 ** Math.floor(Math.log10(rough));
  return STEPS.find((each) => each * size >= rough) * size;
}

const heightOf = (share) => HEIGHT - EDGE.bottom - share * (HEIGHT - EDGE.top - EDGE.bottom);

const acrossOf = (at, count) =>
  EDGE.left + (count === 1 ? 0.5 : at / (count - 1)) * (WIDTH - EDGE.left - EDGE.right);

function grid({ ticks, y }) {
  return ticks.map((tick) => h("g", { class: "tick" },
    h("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(tick), y2: y(tick) }),
    h("text", { x: EDGE.left - 8, y: y(tick) + 4, "text-anchor": "end" }, String(tick))));
}

/** The middle of a bar's place, and how wide the place is. */
const roomOf = (count) => (WIDTH - EDGE.left - EDGE.right) / count;
const middleOf = (at, count) => EDGE.left + (at + 0.5) * roomOf(count);

function labels(categories, bars) {
  const every = Math.ceil(categories.length / MOST_LABELS);
  return categories.map((label, at) => at % every === 0 && h("text",
    { x: (bars ? middleOf : acrossOf)(at, categories.length), y: HEIGHT - 6, "text-anchor": "middle" }, label));
}

function drawnLine({ data }, at, { y }) {
  const points = data.map(({ value }, place) => [acrossOf(place, data.length), y(value)]);
  return h("g", { class: `series series-${at}` },
    h("polyline", { points: points.map((point) => point.join(",")).join(" ") }),
    points.map(([cx, cy]) => h("circle", { cx, cy, r: at === 0 ? 4 : 2 })));
}

/** The bars of several series stand side by side. */
function drawnBars({ data }, at, of, { y }) {
  const width = roomOf(data.length) * 0.7 / of;
  return h("g", { class: `series series-${at}` }, data.map(({ value }, place) => h("rect", {
    x: middleOf(place, data.length) - width * (of / 2 - at), width,
    y: Math.min(y(value), y(0)), height: Math.abs(y(0) - y(value)),
  })));
}

const sample = (at) => h("svg", { viewBox: "0 0 26 10", class: `sample series series-${at}` },
  h("polyline", { points: "1,5 25,5" }));
