/** What a comm's message may carry beside its data. */
export interface CommOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** What arrives by a comm. */
export interface CommMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** An open line between a cell and a part of the front end, such as a widget. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Called with each message of the other side. */
  onMessage: (message: CommMessage) => void | Promise<void>;
  /** Called once when the other side closes. */
  onClose: (message: CommMessage) => void | Promise<void>;
  send(data: Readonly<Record<string, unknown>>, options?: CommOptions): void;
  close(data?: Readonly<Record<string, unknown>>, options?: CommOptions): void;
}

/** Lines to parts of the front end that know how to use them. */
export declare const comms: {
  /**
   * Opens a comm to the target that the front end knows by this name.
   *
   * @example
   * comms.open("my-extension", { hello: true }).send({ more: 1 });
   */
  open(
    target: string,
    data?: Readonly<Record<string, unknown>>,
    options?: CommOptions & { readonly id?: string },
  ): Comm;
  /**
   * Accepts comms that the front end opens to this target.
   *
   * @example
   * comms.on("my-target", (comm) => comm.send({ welcome: true }));
   */
  on(target: string, accept: (comm: Comm, message: CommMessage) => void | Promise<void>): void;
};
