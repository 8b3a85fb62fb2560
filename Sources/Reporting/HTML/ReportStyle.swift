/// The report's style sheet: light, dark and paper.
enum ReportStyle {
  /// The style sheet.
  static let text = base + palette(isDark: false) + dark + paper

  private static let base = """
    :root{--bg:#fff;--fg:#1b1f24;--mut:#5a636e;--line:#d5dae0;--card:#f6f7f9;--link:#0b5cad;--no:#e8eaed;--nt:#4a525b;--grid:#dfe3e8;--fit:#0b5cad;\
    --dot:#1b1f24;--rep:#8a949f;--frame:#1b1f24}
    *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:1216px;padding:0 18px 40px;background:var(--bg);color:var(--fg);\
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
    h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3em}h2{font-size:1.35rem;margin:2.2em 0 .6em;border-bottom:1px solid var(--line);padding-bottom:.25em}
    h3{font-size:1.05rem;margin:1.2em 0 .3em}h4{font-size:.92rem;margin:.9em 0 .1em;font-weight:600}h1,h3,h4,li,p,dd,tbody th{overflow-wrap:anywhere}td{overflow-wrap:break-word}
    p{margin:.35em 0 .7em;max-width:78ch}a{color:var(--link)}.k{color:var(--mut);font-size:.87rem}code{font:.88em ui-monospace,"DejaVu Sans Mono",monospace;\
    background:var(--card);border:1px solid var(--line);border-radius:4px;padding:0 .3em}
    header{padding-top:22px}header .k{margin:0;letter-spacing:.02em}nav{display:flex;flex-wrap:wrap;gap:.2em 1.2em}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:.5em}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}:target{scroll-margin-top:12px}tr:target>*{box-shadow:inset 0 2px var(--link),inset 0 -2px var(--link)}
    .n{display:flex;flex-wrap:wrap;gap:8px;margin:0}.n div{display:flex;flex-direction:column-reverse;flex:1 1 84px;background:var(--card);\
    border:1px solid var(--line);border-radius:8px;padding:8px 12px}.n dt{color:var(--mut);font-size:.87rem}.n dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.2}
    .two{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 32px}.top{padding-left:1.6em}.top li{margin:.55em 0}.l{padding-left:1.2em;margin:.3em 0}
    .chip,.v{border-radius:4px;padding:0 .4em}.chip,td[class^=s]{background:var(--c);color:var(--t)}
    .legend{max-width:420px}.legend p{margin:.5em 0 .15em}.ramp{display:flex;height:18px;border:1px solid var(--line)}.ramp i{flex:1;background:var(--c)}
    .legend .ticks,.legend .ends{display:flex;justify-content:space-between;font-size:.8rem;margin:.1em 0}
    .t{overflow-x:auto;max-width:100%}table{border-collapse:collapse;font-size:.88rem}th,td{padding:3px 8px;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
    th{font-weight:600}thead th{vertical-align:bottom;color:var(--mut)}
    .m{width:100%}.m th,.m td{text-align:left}.rank td{text-align:right;white-space:nowrap}.rank thead th{text-align:right}
    .rank th:nth-child(2){min-width:11.5em;text-align:left;font-weight:500}.rank td:nth-child(3),.rank th:nth-child(3){text-align:left;white-space:normal;min-width:8em;overflow-wrap:anywhere}
    .rank td.d,.rank td.fl,.rank td.id{text-align:left}.rank thead th:nth-last-child(4),.rank thead th:nth-last-child(-n+2){text-align:left}
    .rank td.fl,.rank td.id{white-space:normal;min-width:4em}.rank td.id{color:var(--mut);overflow-wrap:anywhere}.rank td.d{min-width:9em;white-space:normal}.d span{white-space:nowrap}
    .rank td.call{text-align:left;white-space:normal;min-width:13em}.rank td small{display:block;font-size:.78em;white-space:nowrap;opacity:.85}.rank thead th:nth-child(4){text-align:left}
    .rank th,.rank td{padding:3px 6px}.rank button{all:unset;white-space:nowrap;cursor:pointer;font-weight:600}.rank button:focus-visible{outline:3px solid var(--link)}.rank button:hover{text-decoration:underline}
    th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
    #filter{display:flex;gap:1em;align-items:center;margin:.4em 0}#filter:empty{display:none}#filter input{font:inherit;padding:.25em .5em;width:min(20em,60vw);background:var(--bg);color:inherit;\
    border:1px solid var(--mut);border-radius:6px}
    .v{border:1px solid}.refused{color:#b3261e}.doubted{color:#8a5a00}.noted{color:var(--mut)}.cut{border-left:4px solid var(--link);padding-left:.7em}
    .sha{font:.78rem ui-monospace,"DejaVu Sans Mono",monospace;min-width:18em}.o{width:auto}.me dt{font-weight:650}.me dd{margin:0 0 .6em 1.2em;max-width:78ch}
    .b{border-top:1px solid var(--line);padding:2px 0 14px;content-visibility:auto;contain-intrinsic-size:auto 560px}.b:first-of-type{border:0}.b h3{font-size:1.12rem;margin:.7em 0 0}
    .b h3 a{text-decoration:none;margin-right:.2em}.b>p{margin:.1em 0}.notes{padding-left:1.2em;margin:.4em 0;max-width:90ch}
    .f{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:flex-start}figure{margin:6px 0 0}figcaption{font-size:.82rem;color:var(--mut);min-height:1.5em}figcaption b{color:var(--fg)}
    .f .t{margin-top:6px}.f td{white-space:nowrap}.f .t td,.f .t th{padding:1px 8px}
    svg{display:block;max-width:100%;height:auto;font:10px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow:visible}\
    svg text{text-anchor:middle;fill:var(--mut)}svg .a{text-anchor:start}svg .e{text-anchor:end}
    svg g text{font-size:11.5px;fill:var(--t)}svg g path{stroke:var(--c);stroke-width:21}.x{--c:var(--no);--t:var(--nt)}
    .w{fill:none;stroke:var(--frame);stroke-width:2}.ax{stroke:var(--mut)}.gr{stroke:var(--grid)}.ft{fill:none;stroke:var(--fit);stroke-width:2}
    .mk{stroke:var(--mut);stroke-dasharray:3 3}.pt,.rp{stroke:var(--dot);stroke-width:6.5;stroke-linecap:round}.rp{stroke:var(--rep);stroke-width:4}
    .p96 svg g path{stroke-width:21}.p384 svg g path{stroke-width:15}.p1536 svg g path{stroke-width:8}
    .p384 svg g text{font-size:10px}.p1536 svg g text{font-size:7px}.p1536 svg{font-size:8px}.p384 .w,.p1536 .w{stroke-width:1.5}
    .pass{color:#1b6e3c}.warn{color:#8a5a00}.fail{color:#b3261e}.pl{border-top:1px solid var(--line);padding:2px 0 12px;content-visibility:auto;contain-intrinsic-size:auto 420px}
    .pl h3{margin:.7em 0 .1em}.pl h3 .v{font-size:.8em;font-weight:600}.rs{margin:.2em 0;padding-left:1.2em}.q td,.q tbody th{white-space:nowrap}.q th:first-child{text-align:left}.q td:last-child,.q th:last-child{white-space:normal;min-width:16em;text-align:left}.pl>p{max-width:110ch}.f .legend{flex:1 1 320px}
    footer{border-top:1px solid var(--line);margin-top:2em;padding-top:.6em}
    @media(max-width:700px){body{padding:0 12px 32px}h1{font-size:1.5rem}.two{grid-template-columns:minmax(0,1fr)}.n div{flex-basis:28%;padding:6px 10px}\
    .rank{font-size:.8rem}.rank th,.rank td{padding:3px 4px}.rank th:nth-child(2){min-width:9em}.rank td:nth-child(3),.rank th:nth-child(3){min-width:5em}}

    """

  private static let dark = """
    @media screen and (prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e9ec;--mut:#a3adb8;--line:#343b43;--card:#1d2125;--link:#7db8f5;--no:#343a41;\
    --nt:#c0c7cf;--grid:#2c3238;--fit:#7db8f5;--dot:#f1f3f5;--rep:#77818c;--frame:#fff}.refused,.fail{color:#ff9d94}.doubted,.warn{color:#f0c060}.pass{color:#7fd69b}
    \(palette(isDark: true))}

    """

  private static let paper = """
    @media print{@page{size:A4;margin:10mm}thead{display:table-header-group}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}html{font-size:11px}body{max-width:none;padding:0;font-size:1rem}nav,#filter,.skip{display:none}\
    .b{content-visibility:visible;break-inside:avoid}.t{overflow:visible}figure,tr,.top li,.f .t{break-inside:avoid}h2,h3,h4,dt{break-after:avoid}h2{margin-top:1.4em}a{color:inherit;text-decoration:none}\
    thead{display:table-header-group}table{font-size:9px}th,td{padding:2px 4px}.f{gap:5px 6px}.f svg{zoom:.62}svg{font-size:11px}svg g text{font-size:13.5px}figcaption{font-size:.7rem}.rank th,.rank td{min-width:0!important;white-space:normal!important}\
    .sha{min-width:0}.two{grid-template-columns:3fr 2fr}}

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
