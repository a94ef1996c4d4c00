/** Lets several wait for changes of one thing. */
export class Watch {
  readonly #listeners = new Set<() => void>();

  /** Tells everybody who waits that something changed. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener at each change until the returned function is called. */
  onNotify(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks at once and after each change; true as soon as it is so, false when the time (milliseconds) is over. */
  until(isSo: () => boolean, timeout: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const finish = (answer: boolean): void => {
        clearTimeout(timer);
        stop();
        resolve(answer);
      };
      const look = (): void => {
        try {
          if (isSo()) finish(true);
        } catch (error) {
          clearTimeout(timer);
          stop();
          reject(error);
        }
      };
      const stop = this.onNotify(look);
      // A busy machine may deliver the last change and the end of the time together.
      const timer = setTimeout(() => {
        look();
        finish(false);
      }, timeout);
      look();
    });
  }
}
