import { Dropdown, Field, mergeClasses, Option } from '@fluentui/react-components';
import { useFacts } from '../../bridge/facts.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { DialogState } from './dialog-state.ts';
import { useFieldRow } from './field-row.ts';
import { ofServer } from './form.ts';
import type { DialogActions } from './use-dialog.ts';

/** Which server software it is for: it decides what the rest asks, and in which words. */
export function ServerChoice({ state, actions }: { readonly state: DialogState; readonly actions: DialogActions }) {
  const { t } = useTexts();
  const { servers } = useFacts();
  const rows = useFieldRow();
  const { draft, answered } = state.form;
  const server = useServer(draft.server);
  return (
    <Field className={mergeClasses(rows.row, rows.plain)} label={t('field.server')} orientation="horizontal">
      <Dropdown
        className={rows.control}
        value={server.name}
        selectedOptions={[server.id]}
        onOptionSelect={(_, { optionValue }) => {
          const chosen = servers.find(({ id }) => id === optionValue);
          if (chosen !== undefined && chosen.id !== server.id) actions.type(ofServer(draft, chosen, server, answered));
        }}
      >
        {servers.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
