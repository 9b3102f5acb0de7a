/** The one style of all pages: light and dark, from 320 pixels on. Colours keep a contrast of 4.5 at least. */
export const STYLE = `
:root{color-scheme:light dark;--accent:#1f5fbf;--on-accent:#fff;--ground:#fff;--text:#1a1d21;--muted:#4d5561;--line:#8a929c;--wrong:#a40e26;--link:#1a4f9c;font:16px/1.5 system-ui,sans-serif}
@media (prefers-color-scheme:dark){:root{--ground:#16181c;--text:#eceef1;--muted:#b3bac4;--line:#7c8590;--wrong:#ff8a94;--link:#9cc2ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text)}
.page{width:min(30rem,100%);margin:0 auto;padding:1.5rem 1rem 3rem}
.wide .page{width:min(46rem,100%)}
.site{display:block;border-top:.3rem solid var(--accent);padding:.75rem 0 0;color:var(--muted);overflow-wrap:anywhere}
.site img{width:2.5rem;height:2.5rem;object-fit:contain;vertical-align:middle;margin-right:.625rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.125rem;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
a,summary{color:var(--link)}
p,ul{overflow-wrap:anywhere}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
label.check{display:flex;gap:.5rem;align-items:baseline;font-weight:400}
label.check input{width:auto;flex:none}
input,select{width:100%;min-height:2.75rem;padding:.5rem .625rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.375rem}
input[type=checkbox]{min-height:0}
input[aria-invalid=true]{border-color:var(--wrong);border-width:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
button,.button{display:inline-block;min-height:2.75rem;margin:1rem .5rem 0 0;padding:.5rem 1rem;font:inherit;font-weight:600;text-decoration:none;color:var(--on-accent);background:var(--accent);border:1px solid transparent;border-radius:.375rem;cursor:pointer}
button.plain{color:var(--text);background:transparent;border-color:var(--line);font-weight:400}
.hint{margin:.25rem 0 0;color:var(--muted);font-size:.9375rem}
.wrong{margin:.25rem 0 0;color:var(--wrong)}
.notice{margin:1rem 0;padding:.75rem 1rem;border-left:.25rem solid var(--accent)}
.notice.bad{border-color:var(--wrong)}
.list{list-style:none;padding:0}
.list li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:.5rem 0;border-bottom:1px solid var(--line)}
.list button{margin:0}
.list form{margin:0}
code,.codes{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
.codes{columns:2 9rem;padding-left:1.5rem}
.qr svg{width:12rem;height:auto;background:#fff}
footer{margin-top:2.5rem;color:var(--muted);font-size:.9375rem}
footer form{display:inline}
footer button{min-height:0;margin:0 .75rem 0 0;padding:.25rem 0;color:var(--link);background:none;font-weight:400;text-decoration:underline}
[hidden]{display:none}`;
