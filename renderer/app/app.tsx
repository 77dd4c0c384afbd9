import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { AppFacts } from '../../preload/contract.ts';
import { request, subscribe } from './bridge.ts';
import { loadCatalogue } from './catalogue.ts';
import { Frame } from './frame.tsx';
import { Pages } from './pages.tsx';
import { NavigationContext, toManager, type Route } from './routes.tsx';
import { createTexts, type Texts } from './translate.ts';

export interface Start {
  readonly facts: AppFacts;
  readonly texts: Texts;
}

/** What the window needs before it can draw a word. @throws Error when main does not answer: there is no language to tell it in */
export async function readStart(): Promise<Start> {
  const outcome = await request('app:read', null);
  if (!outcome.ok) throw new Error(`${outcome.fault.message} ${outcome.fault.fix} ${outcome.fault.correlationId}`);
  const facts = outcome.value;
  return { facts, texts: createTexts(facts.language, await loadCatalogue(facts.language)) };
}

/** Follows language, theme and practice while the window is open. */
function useStart(first: Start): Start {
  const [start, setStart] = useState(first);
  const renew = useEffectEvent(() => void readStart().then(setStart));
  const missed = useEffectEvent((dark: boolean) => dark !== first.facts.dark);
  useEffect(() => {
    const scheme = globalThis.matchMedia('(prefers-color-scheme: dark)');
    const changed = () => renew();
    scheme.addEventListener('change', changed);
    const leave = subscribe('app:changed', changed);
    // Changed between main's answer and the first listening: nobody would tell it again.
    if (missed(scheme.matches)) renew();
    return () => {
      scheme.removeEventListener('change', changed);
      leave();
    };
  }, []);
  return start;
}

export function App({ start }: { readonly start: Start }) {
  const { facts, texts } = useStart(start);
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
