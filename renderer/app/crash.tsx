import { Component, type ReactNode } from 'react';
import { CrashReport } from './crash-report.tsx';

interface Crash {
  readonly correlationId: string;
  readonly detail: string;
}

function crashOf(error: unknown): Crash {
  const correlationId = crypto.randomUUID();
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // The main process keeps what the console says, so that the id on the screen finds it in the log.
  console.error(`window.crashed ${correlationId} ${detail}`);
  return { correlationId, detail };
}

/** Never a silent death: an unexpected exception, also one outside React, becomes a page with an id and a way on. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, { readonly crash: Crash | null }> {
  override state: { readonly crash: Crash | null } = { crash: null };

  static getDerivedStateFromError(error: unknown) {
    return { crash: crashOf(error) };
  }

  override componentDidMount() {
    globalThis.addEventListener('error', this.onError);
    globalThis.addEventListener('unhandledrejection', this.onRejection);
  }

  override componentWillUnmount() {
    globalThis.removeEventListener('error', this.onError);
    globalThis.removeEventListener('unhandledrejection', this.onRejection);
  }

  override render() {
    const { crash } = this.state;
    return crash === null ? this.props.children : <CrashReport {...crash} />;
  }

  private readonly onError = (event: ErrorEvent) => {
    // Chromium's notice that a size changed while it was measured; nothing is lost by it.
    if (event.message.startsWith('ResizeObserver loop')) return;
    this.setState({ crash: crashOf(event.error ?? event.message) });
  };

  private readonly onRejection = (event: PromiseRejectionEvent) => {
    this.setState({ crash: crashOf(event.reason) });
  };
}
