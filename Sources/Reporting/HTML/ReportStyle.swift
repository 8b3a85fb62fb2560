/// The report's style sheet: light, dark and paper.
enum ReportStyle {
  /// The style sheet.
  static let text = base + pages + charts + palette(isDark: false) + dark + paper

  private static let base = """
    :root{--bg:#fff;--fg:#1b1f24;--mut:#59626d;--line:#d5dae0;--card:#f6f7f9;--link:#0b5cad;--no:#e8eaed;--nt:#4a525b;--grid:#e3e7eb;--fit:#0b5cad;\
    --dot:#1b1f24;--rep:#737d88;--frame:#1b1f24;--band:#0b5cad2e;\
    --syn:#b34700;--ant:#0b5cad;--add:#4d6b57;--mix:#7a3e9d;--und:#68717c;--q0:#b9c4cf;--q7:#3b1f6b}
    *{box-sizing:border-box}[hidden]{display:none!important}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0 auto;max-width:1260px;padding:0 20px 40px;background:var(--bg);color:var(--fg);\
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
    h1{font-size:1.8rem;line-height:1.2;margin:0 0 .3em}h2{font-size:1.35rem;margin:2.2em 0 .6em;border-bottom:1px solid var(--line);padding-bottom:.25em}
    h3{font-size:1.05rem;margin:1.4em 0 .35em}h4{font-size:.92rem;margin:.9em 0 .1em;font-weight:600}h1,h2,h3,h4,li,p,dd,tbody th{overflow-wrap:anywhere}td{overflow-wrap:break-word}
    p{margin:.35em 0 .7em;max-width:82ch}a{color:var(--link)}.k,small{color:var(--mut);font-size:.87rem}code{font:.88em ui-monospace,"DejaVu Sans Mono",monospace;\
    background:var(--card);border:1px solid var(--line);border-radius:4px;padding:0 .3em}
    header{padding-top:22px}header .k{margin:0;letter-spacing:.02em}header nav{display:flex;flex-wrap:wrap;gap:.2em 1.2em}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:.5em}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}:target{scroll-margin-top:12px}tr:target>*{box-shadow:inset 0 2px var(--link),inset 0 -2px var(--link)}
    .say{font-size:1.08rem;max-width:90ch}
    .n{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 .5em}.n div{display:flex;flex-direction:column-reverse;justify-content:flex-end;flex:1 1 96px;background:var(--card);\
    border:1px solid var(--line);border-radius:8px;padding:8px 12px}.n dt{color:var(--mut);font-size:.87rem}.n dd{margin:0;font-size:1.4rem;font-weight:650;line-height:1.25}\
    .n dd small{display:block;font-weight:400;font-size:.78rem}.calls dt{font-weight:600}
    .two{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 36px}.two.kb{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
    .top{padding-left:1.9em;margin:.2em 0}.top li{margin:.8em 0}.top li::marker{font-weight:650;color:var(--mut)}.top a{font-weight:600}.l{padding-left:1.2em;margin:.3em 0}.l li{margin:.2em 0}
    .chip,.v{border-radius:4px;padding:0 .4em}.chip,td[class^=s]{background:var(--c);color:var(--t)}td[class^=s] small{color:inherit}
    .c-synergistic{--k:var(--syn)}.c-antagonistic{--k:var(--ant)}.c-additive{--k:var(--add)}.c-mixed{--k:var(--mix)}.c-inconclusive,.c-none{--k:var(--und)}
    .cl{color:var(--k)}.n.calls dt{color:var(--k)}.callbar{width:100%;height:12px;margin:.3em 0 .6em}.callbar rect{fill:var(--k)}
    .legend{max-width:420px}.legend p{margin:.5em 0 .15em}.ramp{display:flex;height:18px;border:1px solid var(--line)}.ramp i{flex:1;background:var(--c)}
    .legend .ticks,.legend .ends{display:flex;justify-content:space-between;font-size:.8rem;margin:.1em 0}
    .t{overflow-x:auto;max-width:100%}table{border-collapse:collapse;font-size:.88rem}caption{text-align:left;color:var(--mut);padding:.2em 0}\
    th,td{padding:3px 8px;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
    .nb{white-space:nowrap}th{font-weight:600}thead th{vertical-align:bottom;color:var(--mut)}
    .m{width:100%}.m th,.m td{text-align:left}.rank td{text-align:right}.rank thead th{text-align:right}
    .rank td small,.rank th small{display:block;font-size:.78em;font-weight:400}.rank td[class^=s]{white-space:nowrap}.rank td[class^=s] small span{white-space:nowrap}
    .rank tbody th{min-width:11em;text-align:left;font-weight:500}.rank td:nth-child(3),.rank td.call,.rank td.fl{text-align:left;overflow-wrap:anywhere}\
    .rank td:nth-child(3){min-width:5em}.rank td.call{min-width:9em}.rank td.fl{min-width:6em}
    .rank thead th:nth-child(-n+4):not(:first-child),.rank thead th:last-child{text-align:left}
    .rank th,.rank td{padding:4px 6px}.rank button{all:unset;white-space:nowrap;cursor:pointer;font-weight:600}.rank button:focus-visible{outline:3px solid var(--link)}.rank button:hover{text-decoration:underline}
    th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
    #filter{display:flex;flex-wrap:wrap;gap:.5em 1em;align-items:end;margin:.6em 0}#filter:empty{display:none}#filter label{display:flex;flex-direction:column;font-size:.8rem;color:var(--mut)}\
    #filter input,#filter select{font:inherit;font-size:.95rem;padding:.25em .5em;max-width:16em;background:var(--bg);color:var(--fg);border:1px solid var(--mut);border-radius:6px}
    button.b2{font:inherit;font-size:.87rem;padding:.2em .8em;background:var(--card);color:var(--fg);border:1px solid var(--mut);border-radius:6px;cursor:pointer}\
    button.b2[aria-pressed=true]{background:var(--fg);color:var(--bg)}.bar{display:flex;flex-wrap:wrap;gap:6px;margin:.4em 0}
    .v{border:1px solid}.refused{color:#b3261e}.doubted{color:#8a5a00}.noted{color:var(--mut)}.cut{border-left:4px solid var(--link);padding-left:.7em}
    .sha{font:.78rem ui-monospace,"DejaVu Sans Mono",monospace;min-width:18em}.o{width:auto}.me dt{font-weight:650}.me dd{margin:0 0 .6em 1.2em;max-width:82ch}
    .bars th{text-align:left;font-weight:500}.bars svg{width:100%;height:12px;margin-top:5px}.bars rect{fill:var(--syn)}.bars td:nth-child(2){width:12em}.ag{min-width:300px}.ag h3{margin-top:.3em}.cor{margin-top:1em}.bars th,.bars td,.cor th,.cor td{border:0}
    footer{border-top:1px solid var(--line);margin-top:2em;padding-top:.6em}

    """

  private static let pages = """
    .b{display:none}.b:target{display:block}html:has(.b:target){scroll-behavior:auto}body:has(.b:target) main>section:not(#blocks){display:none}
    .b h2{margin-top:.4em;border:0}.b h2 .rk{color:var(--mut)}.b h2 .in{font-weight:400}.bn{display:flex;flex-wrap:wrap;gap:.2em 1.4em;padding-top:1.2em;font-size:.95rem}
    .notes{padding-left:1.2em;margin:.4em 0;max-width:100ch}
    .pl{border-top:1px solid var(--line);padding:2px 0 12px;content-visibility:auto;contain-intrinsic-size:auto 420px}
    .pl h3{margin:.7em 0 .1em}.pl h3 .v{font-size:.8em;font-weight:600}.rs{margin:.2em 0;padding-left:1.2em}.q td,.q tbody th{white-space:nowrap}.q th:first-child{text-align:left}\
    .q td:last-child,.q th:last-child{white-space:normal;min-width:16em;text-align:left}.pl>p{max-width:110ch}.f .legend{flex:1 1 320px}.pass{color:#1b6e3c}.warn{color:#8a5a00}.fail{color:#b3261e}
    .surface{position:relative;max-width:720px}.surface canvas{display:block;width:100%;height:auto;touch-action:none;cursor:grab;border:1px solid var(--line);border-radius:8px}
    @media(max-width:700px){body{padding:0 12px 32px}h1{font-size:1.45rem}.two,.two.kb{grid-template-columns:minmax(0,1fr)}.n div{flex-basis:28%;padding:6px 10px}.n dd{font-size:1.15rem}\
    .rank{font-size:.8rem}.rank th,.rank td{padding:3px 4px}.rank tbody th{min-width:9.5em}.rank td.call{min-width:6.5em}.rank td.call small{display:none}.say{font-size:1rem}#filter label{flex:1 1 40%}#filter input,#filter select{max-width:none;width:100%}.ag{min-width:0}.bars td:nth-child(2){width:7em}}

    """

  private static let charts = """
    .f{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:flex-start}figure{margin:6px 0 0;width:min-content}figure svg{max-width:calc(100vw - 24px)}figcaption{font-size:.82rem;color:var(--mut);min-height:1.5em}figcaption b{color:var(--fg)}
    figure p.k{margin:.1em 0;font-size:.8rem}.f.big{gap:10px 48px}
    .f .t{margin-top:6px}.f .t td{white-space:nowrap}.f .t td,.f .t th{padding:1px 8px}
    svg{display:block;max-width:100%;height:auto;font:10px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow:visible}\
    svg text{text-anchor:middle;fill:var(--mut)}svg .a{text-anchor:start}svg .e{text-anchor:end}
    svg g text{font-size:11.5px;fill:var(--t)}svg g[class] path{stroke:var(--c);stroke-width:21}.x{--c:var(--no);--t:var(--nt)}
    .w{fill:none;stroke:var(--frame);stroke-width:2}.ax{stroke:var(--mut)}.gr{stroke:var(--grid)}.ft{fill:none;stroke:var(--fit);stroke-width:2}
    .mk{stroke:var(--mut);stroke-dasharray:3 3;fill:none}.ct{fill:none;stroke:var(--frame);stroke-width:.7}.iv{stroke:var(--fg);stroke-width:1.5}
    .pt,.rp,.ps,.pc{stroke:var(--dot);stroke-width:6.5;stroke-linecap:round}.rp{stroke:var(--rep);stroke-width:4}.ps{stroke-width:5}
    .ar{fill:var(--c);stroke:var(--c);stroke-width:.6;stroke-linejoin:round}.bd.ar{fill:var(--band);stroke:none}
    .q{fill:none;stroke-width:1.6}.pc{stroke:var(--k);stroke-width:7}.pc.c-inconclusive,.pc.c-none{stroke-width:5;stroke-opacity:.75}.pc.c-additive{stroke-linecap:square;stroke-width:5.5}\
    .pc.c-synergistic{stroke-width:9}.pc.c-antagonistic{stroke-linecap:square;stroke-width:8}g[data-b]{cursor:pointer}g[data-b]:hover path{stroke-width:12}
    .key{display:flex;flex-wrap:wrap;gap:.2em 1.2em;align-items:center;font-size:.87rem}.key svg{display:inline-block;vertical-align:-2px}
    \((0...ChartStroke.seriesSteps).map { ".q\($0){stroke:color-mix(in oklab,var(--q7) \($0 * 100 / ChartStroke.seriesSteps)%,var(--q0))}" }.joined())
    .p96 svg g[class] path{stroke-width:21}.p384 svg g[class] path{stroke-width:15}.p1536 svg g[class] path{stroke-width:8}
    .p384 svg g text{font-size:10px}.p1536 svg g text{font-size:7px}.p1536 svg{font-size:8px}.p384 .w,.p1536 .w{stroke-width:1.5}

    """

  private static let dark = """
    @media screen and (prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e9ec;--mut:#a3adb8;--line:#343b43;--card:#1d2125;--link:#7db8f5;--no:#343a41;\
    --nt:#c0c7cf;--grid:#2c3238;--fit:#7db8f5;--dot:#f1f3f5;--rep:#8a949f;--frame:#fff;--band:#7db8f533;\
    --syn:#ff9d57;--ant:#7db8f5;--add:#9fc4ac;--mix:#cfa5ea;--und:#a3adb8;--q0:#4c545d;--q7:#d9cdfa}.refused,.fail{color:#ff9d94}.doubted,.warn{color:#f0c060}.pass{color:#7fd69b}
    \(palette(isDark: true))}

    """

  private static let paper = """
    @media print{@page{size:A4;margin:10mm}thead{display:table-header-group}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}html{font-size:11px}body{max-width:none;padding:0;font-size:1rem}nav,#filter,.skip,.bar{display:none!important}\
    .t{overflow:visible}figure,tr,.top li,.f .t{break-inside:avoid}h2,h3,h4,dt{break-after:avoid}h2{margin-top:1.4em}a{color:inherit;text-decoration:none}\
    table{font-size:9px}th,td{padding:2px 4px}.f{gap:5px 8px}.maps .f svg{zoom:.62}.f.big svg{zoom:.8}svg{font-size:11px}svg g text{font-size:13.5px}figcaption{font-size:.7rem}.rank th,.rank td{min-width:0!important;white-space:normal!important}\
    .sha{min-width:0}.two{grid-template-columns:3fr 2fr}.b:target .f{break-inside:avoid}}

    """

  /// The colours of the scales' levels: `--c` the colour, `--t` the ink that is easiest to read on it.
  private static func palette(isDark: Bool) -> String {
    let synergy = (-DivergingPalette.steps...DivergingPalette.steps).map { level in
      rule(
        "s\(level + DivergingPalette.steps)", isDark ? DivergingPalette.dark(level) : DivergingPalette.light(level))
    }
    let response = (0...SequentialPalette.steps).map { level in
      rule("r\(level)", isDark ? SequentialPalette.dark(level) : SequentialPalette.light(level))
    }
    let signal = (0...SignalPalette.steps).map { level in
      rule("g\(level)", isDark ? SignalPalette.dark(level) : SignalPalette.light(level))
    }
    return (synergy + response + signal).joined() + "\n"
  }

  private static func rule(_ name: String, _ colour: Colour) -> String {
    ".\(name){--c:\(colour.css);--t:\(colour.ink.css)}"
  }
}
