/** The app's own, which the page has as its icon; its name stands beside it. */
export function Mark() {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href;
  return icon && <img src={icon} alt="" width={40} height={40} className="shrink-0" />;
}
