import { useEffect, useState } from 'react';
import { MarkdownText } from '../../parts/markdown-text.tsx';
import { Waiting } from '../../parts/page.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';

/** In the language of the window. */
const guides: Readonly<Record<Texts['language'], () => Promise<{ readonly default: string }>>> = {
  en: () => import('../../../docs/user-guide.md?raw'),
  fr: () => import('../../../docs/fr/user-guide.md?raw'),
  de: () => import('../../../docs/de/user-guide.md?raw'),
};

/** The user guide, without its own title and its pictures. */
export function Guide() {
  const { language } = useTexts();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void guides[language]().then(({ default: read }) => gone || setText(read.replace(/^# .*\n/, '')));
    return () => {
      gone = true;
    };
  }, [language]);
  return text === null ? <Waiting /> : <MarkdownText text={text} top={2} />;
}
