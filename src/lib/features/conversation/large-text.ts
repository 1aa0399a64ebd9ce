/**
 * Text as large as its box lets it be, for people who look at the phone from two metres away.
 *
 * The least is a capital height of ten millimetres as CSS counts them (38 px), whatever the length: then the text
 * scrolls. On the smallest phones of 390 px (65 mm wide) that is 6.3 mm, seen at two metres under 11 minutes of arc:
 * twice what an eye of normal acuity needs for a letter (5′), and enough for one of 5/10 (10′).
 */
/** Size of the font, CSS px: capitals of Atkinson Hyperlegible are 0.668 of it high. */
const leastFontPx = 57;
const mostFontPx = 280;

/** An attachment for a paragraph in its scrolling box; made anew when the text changes. */
export const asLargeAsFits = (text: string) => (paragraph: HTMLElement) => {
  const box = paragraph.parentElement;
  if (!box || !text) return;
  const fits = (size: number) => {
    paragraph.style.fontSize = `${size}px`;
    return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
  };
  const fit = () => {
    // Words are broken only where nothing else helps.
    delete paragraph.dataset.breaks;
    let [least, most] = [leastFontPx, mostFontPx];
    while (most - least > 1) {
      const middle = Math.floor((least + most) / 2);
      if (fits(middle)) least = middle;
      else most = middle;
    }
    if (!fits(least)) paragraph.dataset.breaks = '';
  };
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  void document.fonts.ready.then(fit);
  return () => observer.disconnect();
};
