import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { AppFacts } from '../../preload/contract.ts';
import { request, subscribe } from '../bridge/bridge.ts';
import { loadCatalogue, restOfTexts } from '../bridge/catalogue.ts';
import { Frame } from './frame.tsx';
import { Pages } from './pages.tsx';
import { loadTheme } from './theme.ts';
import { NavigationContext, toManager, type Route } from '../parts/routes.tsx';
import { createTexts, type Texts } from '../bridge/translate.ts';

export interface Start {
  readonly facts: AppFacts;
  readonly texts: Texts;
}

/** What the window needs before it can draw a word. @throws Error when main does not answer: there is no language to tell it in */
export async function readStart(): Promise<Start> {
  const outcome = await request('app:read', null);
  if (!outcome.ok) throw new Error(`${outcome.fault.message} ${outcome.fault.fix} ${outcome.fault.correlationId}`);
  const facts = outcome.value;
  const [catalogue] = await Promise.all([loadCatalogue(facts.language), loadTheme(facts.dark)]);
  return { facts, texts: createTexts(facts.language, catalogue) };
}

/** Follows language, theme and practice while the window is open. */
function useStart(first: Start, changedMeanwhile: () => boolean): Start {
  const [start, setStart] = useState(first);
  const renewals = useRef(0);
  const renew = useEffectEvent(async () => {
    renewals.current += 1;
    const mine = renewals.current;
    const next = await readStart();
    // What is shown by then is more than the list.
    await restOfTexts();
    // One that was asked for earlier can be there later: what main said last is what holds.
    if (mine === renewals.current) setStart(next);
  });
  useEffect(() => {
    const scheme = globalThis.matchMedia('(prefers-color-scheme: dark)');
    const changed = () => void renew();
    scheme.addEventListener('change', changed);
    const leave = subscribe('app:changed', changed);
    if (changedMeanwhile()) void renew();
    return () => {
      scheme.removeEventListener('change', changed);
      leave();
    };
  }, []);
  return start;
}

export interface AppProps {
  readonly start: Start;
  /** Whether main told of a change since it was asked for `start`; from then on the window hears of it itself. */
  readonly changedMeanwhile: () => boolean;
}

export function App({ start, changedMeanwhile }: AppProps) {
  const { facts, texts } = useStart(start, changedMeanwhile);
  const [route, go] = useState<Route>(toManager);
  const navigation = useMemo(() => ({ route, go }), [route]);
  return (
    <NavigationContext value={navigation}>
      <Frame facts={facts} texts={texts}>
        {/* Practice data and real data share nothing: what a page has read is read anew. */}
        <Pages key={facts.practice ? 'practice' : 'real'} />
      </Frame>
    </NavigationContext>
  );
}
