/** What a report looks like: one column, light and dark by the reader's choice, on a phone, on a wide page and on paper. Nothing is loaded. */
export const reportStyle = `:root{--soft:#f3f5f7;--line:#d0d7de;--amber:#fff3d6;--amber-line:#9a6700;--red:#ffe9e3;--red-line:#b3370b;--green:#e3f5ec;--green-line:#116b4a}
@media screen and (prefers-color-scheme:dark){:root{--soft:#161c24;--line:#30363d;--amber:#2f2508;--amber-line:#d9a21b;--red:#35160c;--red-line:#f08a61;--green:#0c2a1e;--green-line:#4cc38a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--sd-page);color:var(--sd-ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:inline-block;padding:.5rem 1rem}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.25;margin:2.6rem 0 .8rem;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1.08rem;line-height:1.3;margin:2rem 0 .5rem}
h1,h2,h3{text-wrap:balance}
p,ul,dl{margin:.6rem 0}
a,summary,.sd-scroll{outline-offset:2px}
code{font:.88em/1.4 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace;background:var(--soft);padding:.05em .3em;border-radius:3px;overflow-wrap:anywhere}
nav{background:var(--soft);border-radius:6px;padding:.4rem 1rem;margin:1.5rem 0}
nav h2{border:0;padding:0;margin:.3rem 0;font-size:1rem}
nav ul{margin:.3rem 0;padding-left:1.2rem}
nav li{margin:.35rem 0}
nav ul ul{font-size:.92rem}
nav details{border:0;margin:0;padding:0}
nav summary{padding:.2rem 0;font-weight:400;font-size:.92rem}
ul{padding-left:1.3rem}
li{margin:.4rem 0}
.source{color:var(--sd-quiet);font-size:.85rem}
.lead{font-size:1.05rem}
.banner{border-left:5px solid var(--line);background:var(--soft);padding:.6rem .9rem;margin:1rem 0;border-radius:4px}
.banner p{margin:.25rem 0}
.banner .name{font-weight:700}
.banner code{background:none;padding:0}
.synthetic,.stale{background:var(--amber);border-color:var(--amber-line)}
.failed{background:var(--red);border-color:var(--red-line)}
.ok{background:var(--green);border-color:var(--green-line)}
dl{display:grid;grid-template-columns:fit-content(36%) 1fr;gap:.25rem 1rem}
dt{color:var(--sd-quiet)}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:5px;margin:.7rem 0;padding:0 .8rem}
summary{cursor:pointer;padding:.55rem 0;font-weight:600}
details[open]{padding-bottom:.6rem}
.sd-scroll{overflow-x:auto;max-width:100%}
.plain{border-collapse:collapse;font-size:.9rem;line-height:1.4;font-variant-numeric:tabular-nums;margin:.3rem 0}
.plain caption{text-align:left;color:var(--sd-quiet);padding:.3rem 0}
.plain th,.plain td{padding:.28rem .7rem .28rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400;max-width:26rem}
.plain thead th{font-weight:600;vertical-align:bottom;border-bottom-color:var(--sd-hair)}
.plain code{overflow-wrap:normal;white-space:nowrap}
.plain .right{text-align:right;white-space:nowrap}
.plain .long{min-width:20rem}
.plain .whole{white-space:nowrap}
.sd-printed{margin:.6rem 0;font-size:.92rem}
.sd-printed>figcaption{display:none}
.picture{margin:.8rem 0;position:relative}
.picture figcaption{color:var(--sd-quiet);font-size:.88rem;margin-top:.3rem}
.picture svg{display:block;max-width:100%;height:auto}
.picture .sd-scroll svg{max-width:none}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.for-phone{display:none}
@media screen and (max-width:30rem){.for-phone{display:block}.for-page{display:none}}
@media (max-width:30rem){.plain{font-size:.86rem}.plain th,.plain td{padding-right:.5rem}}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:.8rem;padding-bottom:2.5rem;color:var(--sd-quiet);font-size:.88rem}
.top{font-size:.88rem}
@media print{
:root{color-scheme:light;--sd-page:#fff;--sd-ink:#000;--sd-quiet:#444;--sd-hair:#888;--soft:#f3f3f3;--line:#bbb;--sd-link:#000;--amber:#fff;--red:#fff;--green:#fff}
@page{size:A4;margin:18mm 16mm}
body{font-size:10pt}
header,main,footer{max-width:none;padding:0}
nav,.top,.skip{display:none}
h2,h3,summary,caption{break-after:avoid}
.picture,.sd-printed,.banner,tr{break-inside:avoid}
.sd-scroll{overflow:visible}
.sd-printed{font-size:8pt}
.sd-printed th,.sd-printed td{white-space:normal;padding:.1rem .25rem}
.plain{font-size:8pt}
.picture .sd-scroll svg{max-width:100%}
details{border:0;padding:0}
details::details-content{content-visibility:visible;block-size:auto}
a{text-decoration:none}
}
`
