// Pictures: the radar and the columns, in our theme. Without ECharts the table behind each picture stands open.
(function () {
  "use strict";
  if (!window.echarts) return;
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue("--" + name).trim();
  const font = token("sans");
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const text = { fontFamily: font, color: token("ink-2"), fontSize: 12 };
  const tones = { good: token("jade"), watch: token("amber-mark"), wrong: token("vermilion"), plain: token("indigo") };

  const base = () => ({
    animation: !quiet, animationDuration: 300, textStyle: text, color: [token("indigo"), token("ink-3")],
    tooltip: {
      renderMode: "richText", backgroundColor: token("card"), borderColor: token("line-2"), textStyle: { ...text, color: token("ink") },
    },
  });

  // Long names of axes are broken, so that they stay inside a phone's width.
  const broken = (name, width) => {
    const middle = Math.ceil(name.length / 2);
    return name.length > (width < 340 ? 4 : width < 480 ? 6 : 99) ? name.slice(0, middle) + "\n" + name.slice(middle) : name;
  };

  function radar(data, width) {
    const narrow = width < 340;
    return {
      ...base(),
      legend: { bottom: 0, itemWidth: 18, itemHeight: 8, textStyle: text },
      radar: {
        indicator: data.axes.map((name) => ({ name: broken(name, width), max: 100 })), center: ["50%", "47%"], radius: narrow ? "52%" : "60%", splitNumber: 4,
        axisName: { color: token("ink"), fontSize: narrow ? 11 : 12 }, splitArea: { show: false },
        splitLine: { lineStyle: { color: token("line") } }, axisLine: { lineStyle: { color: token("line") } },
      },
      series: [{
        type: "radar",
        data: data.series.map((one, index) => ({
          name: one.name, value: one.values, symbolSize: index ? 0 : 5,
          lineStyle: { width: index ? 1.5 : 2, type: index ? [5, 4] : "solid" },
          areaStyle: index ? undefined : { opacity: 0.14 },
        })),
      }],
    };
  }

  function columns(data) {
    return {
      ...base(),
      legend: { bottom: 0, itemWidth: 12, itemHeight: 8, textStyle: text, show: data.series.length > 1 },
      grid: { left: 8, right: 8, top: 16, bottom: 32, containLabel: true },
      tooltip: { ...base().tooltip, trigger: "axis" },
      xAxis: { type: "category", data: data.axis, axisTick: { show: false }, axisLine: { lineStyle: { color: token("line-2") } }, axisLabel: text },
      yAxis: { type: "value", min: 0, name: data.unit, nameTextStyle: { ...text, align: "left" }, axisLabel: text, splitLine: { lineStyle: { color: token("line") } } },
      series: data.series.map((one) => ({
        name: one.name, type: "bar", stack: "all", data: one.values, barMaxWidth: 18, itemStyle: { color: tones[one.tone] || tones.plain },
      })),
    };
  }

  const kinds = { radar, columns };

  function save(name, address) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function csv(figure) {
    const rows = Array.from(figure.querySelectorAll("tr"), (row) =>
      Array.from(row.cells, (cell) => `"${cell.textContent.trim().replace(/"/g, '""')}"`).join(","));
    return URL.createObjectURL(new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
  }

  document.querySelectorAll("[data-chart]").forEach((figure) => {
    const data = JSON.parse(figure.dataset.chart);
    const option = kinds[data.kind] && kinds[data.kind](data, figure.clientWidth);
    if (!option) return;
    const area = figure.querySelector(".chart-area");
    area.classList.add("chart-drawn");
    const chart = echarts.init(area, null, { renderer: "canvas" });
    chart.setOption(option);
    const fold = figure.querySelector("details");
    if (fold) fold.open = false;
    new ResizeObserver(() => chart.resize()).observe(area);
    const tools = figure.querySelector(".chart-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const form = event.target.dataset.save;
      const name = `${figure.dataset.name}.${form}`;
      if (form === "png") save(name, chart.getDataURL({ pixelRatio: 2, backgroundColor: token("card") }));
      if (form === "csv") save(name, csv(figure));
      if (form === "svg") {
        const still = echarts.init(null, null, { renderer: "svg", ssr: true, width: area.clientWidth, height: area.clientHeight });
        still.setOption({ ...option, animation: false });
        save(name, URL.createObjectURL(new Blob([still.renderToSVGString()], { type: "image/svg+xml" })));
        still.dispose();
      }
    });
  });
})();
