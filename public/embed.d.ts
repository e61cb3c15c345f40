// What embed.js gives a page: docs/embedding.md. No event and no method ever carries an answer, but `collect`.

/** A response that waits on this device. */
export interface WaitingResponse {
  /** A UUID, the same wherever the response goes. */
  id: string;
  /** SHA-256 of the bytes that `collect` gives, in lower-case hexadecimal. */
  sha256: string;
  /** The questionnaire, as `canonical|version`. */
  questionnaire: string;
  /** In bytes. */
  size: number;
  /** Only the service can open it. */
  sealed: boolean;
}

/** What `collect` resolves to: `HERE` has the response, every other type says why not. */
export type Collected =
  | { type: 'HERE'; id: string; sha256: string; media: string; body: string; lease: number }
  | { type: 'NO_LEASE' | 'GONE' | 'REFUSED' | 'ALREADY'; lease: number };

/** What `acknowledge` resolves to. Only `DONE` has removed the response from the device. */
export interface Acknowledged {
  type: 'DONE' | 'ALREADY' | 'HASH_MISMATCH' | 'NO_LEASE' | 'NOT_COLLECTED' | 'GONE';
  receipt?: string;
}

/** Why the questions do not open, or what stands in the way of keeping answers. */
export type ErrorCode = 'no-configuration' | 'load' | 'stopped' | 'configuration' | 'questionnaire' | 'storage';

export interface WhatMattersEvents {
  /** The questions show. */
  ready: CustomEvent<Record<string, never>>;
  /** They take so many CSS pixels now. */
  resize: CustomEvent<{ height: number }>;
  /** The first answer of a response was given. */
  started: CustomEvent<{ id: string }>;
  /** Answers are kept in both stores of the device. */
  saved: CustomEvent<{ id: string }>;
  /** A response was finished and is kept. */
  finished: CustomEvent<{ id: string }>;
  /** The service has shown that it has it. */
  sent: CustomEvent<{ id: string }>;
  /** What waits here to be collected has changed; told where the configuration names this page's own origin. */
  waiting: CustomEvent<{ count: number; ids: string[] }>;
  /** A page that collects has shown that it has it. */
  collected: CustomEvent<{ id: string }>;
  error: CustomEvent<{ code: ErrorCode }>;
}

export interface WhatMattersElement extends HTMLElement {
  /** The address of the configuration, or the settings themselves. Counts from the next start on. */
  config: string | object | null;
  /** Opens the questions. Resolves when they show, or when they could not (`error` says why). Never rejects. */
  start(): Promise<void>;
  /** Takes the questions away and shows what stands inside the element. Answers stay kept. */
  stop(): void;
  /** The next three reject unless the configuration names this page's own origin in `collect.pull.origins`. */
  list(): Promise<WaitingResponse[]>;
  collect(id: string, seconds?: number): Promise<Collected>;
  acknowledge(collected: { lease: number; id: string; sha256: string }, receipt?: string): Promise<Acknowledged>;
  addEventListener<E extends keyof WhatMattersEvents>(type: E, listener: (this: WhatMattersElement, event: WhatMattersEvents[E]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'what-matters': WhatMattersElement;
  }
}
