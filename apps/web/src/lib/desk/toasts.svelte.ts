/** One sentence about what just happened, and perhaps a way back. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Long enough to read it and to reach the button. */
const SHOWN_MS = 8_000;
const SHOWN_MAX = 3;

class ToastList {
  #all = $state.raw<readonly Toast[]>([]);
  #next = 1;

  get all(): readonly Toast[] {
    return this.#all;
  }

  show(text: string, action?: Toast['action']): void {
    const id = this.#next++;
    const toast = { id, text, ...(action ? { action } : {}) };
    this.#all = [...this.#all, toast].slice(-SHOWN_MAX);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.#all = this.#all.filter((toast) => toast.id !== id);
  }
}

export const toasts = new ToastList();
