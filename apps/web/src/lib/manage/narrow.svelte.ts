/** Where a table no longer fits. */
const NARROW = '(max-width: 640px)';

/** Whether the window is a phone's; follows it while it is turned. */
export class Narrow {
  #is = $state(false);

  get is(): boolean {
    return this.#is;
  }

  start(): () => void {
    const media = matchMedia(NARROW);
    const follow = () => (this.#is = media.matches);
    follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }
}
