import {
  events,
  requests,
  type Channel,
  type EventName,
  type EventValue,
  type FaultView,
  type Input,
  type Outcome,
  type Output,
} from '../../preload/contract.ts';
import { asFault, Fault } from '../faults.ts';
import type { Log } from '../log/index.ts';
import type { Texts } from '../texts/index.ts';

/** One handler for every request of the contract: a new channel does not compile until it has one. */
export type Handlers = { readonly [C in Channel]: (input: Input<C>) => Promise<Output<C>> };

export type Emit = <E extends EventName>(event: E, value: EventValue<E>) => void;

export interface Sender {
  /** Our window, its top frame, our origin: validated by whoever knows Electron. */
  readonly trusted: boolean;
}

export interface Router {
  /** Never rejects: what went wrong is an outcome. */
  handle(sender: Sender, channel: unknown, input: unknown): Promise<Outcome<unknown>>;
}

export interface RouterOptions {
  readonly handlers: Handlers;
  /** Asked each time: the language may change while the window is open. */
  readonly texts: () => Texts;
  readonly log: () => Log;
}

export function faultView(fault: Fault, texts: Texts): FaultView {
  return { code: fault.code, ...texts.faultText(fault), retryable: fault.retryable, correlationId: fault.correlationId };
}

const isChannel = (channel: unknown): channel is Channel => typeof channel === 'string' && Object.hasOwn(requests, channel);

/**
 * Sender, schema, handler, schema, fault: in this order, for every request. What a handler answers is checked as well,
 * so that nothing but the contract's plain JSON leaves the main process.
 */
export function createRouter({ handlers, texts, log }: RouterOptions): Router {
  async function answer<C extends Channel>(channel: C, input: unknown): Promise<Output<C>> {
    const given = requests[channel].in.safeParse(input);
    if (!given.success) throw new Fault('window.request-malformed', { params: { channel, detail: given.error.issues[0]?.message ?? '' } });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very channel has just accepted it
    const value = await handlers[channel](given.data as Input<C>);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
    return requests[channel].out.parse(value) as Output<C>;
  }

  return {
    handle: async (sender, channel, input) => {
      try {
        if (!sender.trusted) throw new Fault('window.sender-refused');
        if (!isChannel(channel))
          throw new Fault('window.request-malformed', { params: { channel: String(channel).slice(0, 60), detail: '' } });
        return { ok: true, value: await answer(channel, input) };
      } catch (error) {
        const fault = asFault(error);
        log().warn('window.request-failed', {
          channel: String(channel).slice(0, 60),
          code: fault.code,
          correlationId: fault.correlationId,
          cause: fault.cause,
        });
        return { ok: false, fault: faultView(fault, texts()) };
      }
    },
  };
}

/** Events are checked like answers. @throws when a value does not fit the contract: a bug */
export function checkedEmit(send: (event: EventName, value: unknown) => void): Emit {
  return (event, value) => send(event, events[event].parse(value));
}
