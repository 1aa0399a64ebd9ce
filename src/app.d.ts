declare global {
  namespace App {
    interface PageState {
      /** How many sheets lie on top of the page: Back closes the topmost. */
      layers?: number;
    }
  }
}

export {};
