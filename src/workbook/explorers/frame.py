"""What explorers share: controls above a picture in a notebook, a still picture elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ..figures import Picture
from ..kernel import somebody_sits_before_it

__all__ = ["Explorer"]

_KEEP_KEYS = """
export default { render({ el }) {
  setTimeout(() => {
    const box = el.closest(".jp-OutputArea-output") ?? el.parentElement;
    const keep = () => box.setAttribute("data-lm-suppress-shortcuts", "true");
    keep();
    box.addEventListener("keydown", (event) => {
      const free = event.key === "Control" || event.key === "Meta";
      if (free) box.removeAttribute("data-lm-suppress-shortcuts");
      if (event.key.startsWith("Arrow")) event.stopPropagation();
    });
    box.addEventListener("keyup", keep);
    box.addEventListener("focusout", keep);
  });
} };
"""
"""JupyterLab's one-key commands must not act on the notebook from a control; saving still must.

As in ``forms/notebook.js``; ipywidgets has nothing of the kind.
"""


class Explorer:
    """An explorer to be shown as a cell's last value.

    ``still`` is the picture of the key states. ``controls`` makes the widgets by name, with
    ipywidgets handed in; ``follow`` gets their values and gives the sentences to say and the
    picture to show. It is called once for every change, and never raises for what can be set.
    """

    def __init__(
        self,
        still: Picture,
        controls: Callable[[Any], Mapping[str, Any]],
        follow: Callable[..., tuple[list[str], Picture]],
    ) -> None:
        self.still = still
        self._controls = controls
        self._follow = follow

    def widget(self) -> Any:
        """The controls with the sentences and the picture below them, as an ipywidgets box."""
        import anywidget
        import ipywidgets

        controls = dict(self._controls(ipywidgets))
        said = ipywidgets.HTML()
        shown = ipywidgets.Image(format="png", width="662")

        def follow(_change: object = None) -> None:
            sentences, picture = self._follow(**{n: one.value for n, one in controls.items()})
            # Read out when it changes. The widget for images takes no text of its own, and breaks
            # where it is given a tooltip: the picture's words stand beside it.
            lines = "".join(f'<p style="margin:0">{escape(one)}</p>' for one in sentences)
            said.value = (
                f'<div role="status" class="wb-explorer-said">{lines}</div><details><summary>The '
                f"picture in words</summary>{escape(picture.alt)}</details>"
            )
            shown.value = picture.png(2)

        for one in controls.values():
            one.observe(follow, names="value")
        follow()
        keys = anywidget.AnyWidget(_esm=_KEEP_KEYS)
        return ipywidgets.VBox([keys, *controls.values(), said, shown])

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle = self.still._repr_mimebundle_()
        if not somebody_sits_before_it():
            return bundle
        try:
            made = self.widget()._repr_mimebundle_()
        except ImportError:  # without ipywidgets the picture is what there is
            return bundle
        data = made[0] if isinstance(made, tuple) else made
        view = "application/vnd.jupyter.widget-view+json"
        return {**bundle, view: data[view]}
