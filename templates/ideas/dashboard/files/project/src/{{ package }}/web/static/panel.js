// A part of the page that asks the service, and shows when it waits and why it failed.

import { failedCard } from "./states.js";

const PAUSE_MS = 120;

/** Returns a function that runs `ask`, then `show`; of quick calls, only the last is asked and shown. */
export function panel(place, ask, show) {
  let latest = 0;
  let timer = 0;
  const run = async (turn) => {
    try {
      const found = await ask();
      if (turn === latest) show(found);
    } catch (error) {
      if (turn === latest) place.replaceChildren(failedCard(error.message, refresh));
    } finally {
      if (turn === latest) place.removeAttribute("aria-busy");
    }
  };
  const refresh = () => {
    const turn = (latest += 1);
    place.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(() => run(turn), PAUSE_MS);
  };
  return refresh;
}

/** Draws again when the place gets another width. */
export function redrawn(place, again) {
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth !== width) {
      width = place.clientWidth;
      again();
    }
  }).observe(place);
}
