import { createRoot } from 'react-dom/client';
import { useState } from 'react';
import { readStart, type Start } from '../../../../renderer/app/app.tsx';
import { restOfTexts } from '../../../../renderer/bridge/catalogue.ts';
import { Frame } from '../../../../renderer/app/frame.tsx';
import { CredentialDialog } from '../../../../renderer/features/dialog/credential-dialog.tsx';

/** The dialog over nothing: what the list does with it is the list's test. `?credential=ID` edits one. */
function Page({ facts, texts }: Start) {
  const [closed, setClosed] = useState<string | null | undefined>(undefined);
  const credential = new URLSearchParams(globalThis.location.search).get('credential');
  return (
    <Frame facts={facts} texts={texts}>
      <main>
        <h1 style={{ fontSize: 14, margin: 12 }}>{texts.t('app.title')}</h1>
        {closed === undefined ? <CredentialDialog credential={credential} onClose={setClosed} /> : <p data-closed={closed ?? ''}>closed</p>}
      </main>
    </Frame>
  );
}

async function draw(into: Element): Promise<void> {
  const start = await readStart();
  // In the product the dialog is read with them.
  await restOfTexts();
  createRoot(into).render(<Page {...start} />);
}
const root = document.querySelector('#root');
if (root !== null) void draw(root);
