import { Field, Input, makeStyles, Textarea, type InputProps } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { afterPress } from './press.ts';
import { saidOf, valueOf, type Field as FieldName, type Form } from './dialog-state.ts';

const useStyles = makeStyles({ field: { minWidth: 0 }, input: { width: '100%', minWidth: 0 } });

export interface DraftFieldProps {
  readonly form: Form;
  readonly name: FieldName;
  readonly label: string;
  readonly required?: boolean;
  /** What stands below while nothing is wrong. */
  readonly hint?: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** Several lines can be typed. */
  readonly several?: boolean;
  readonly focused: boolean;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly inputMode?: InputProps['inputMode'];
  readonly onType: (value: string) => void;
  readonly onLeave: () => void;
}

/** One text field of the draft: what is wrong with it stands beside it, in words, once it was left. */
export function DraftField({
  form,
  name,
  label,
  required = false,
  hint,
  placeholder,
  readOnly = false,
  several = false,
  focused,
  orientation = 'horizontal',
  inputMode,
  onType,
  onLeave,
}: DraftFieldProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const { fault, warning } = saidOf(form, name);
  const message = fault ?? warning;
  const common = { className: styles.input, value: valueOf(form, name), 'data-field': name, onBlur: () => afterPress(onLeave) };
  return (
    <Field
      className={styles.field}
      label={label}
      orientation={orientation}
      required={required}
      validationState={fault === null ? (warning === null ? 'none' : 'warning') : 'error'}
      {...(message === null ? {} : { validationMessage: message })}
      {...(hint === undefined ? {} : { hint })}
    >
      {several ? (
        <Textarea
          {...common}
          textarea={{ ref: input }}
          {...(placeholder === undefined ? {} : { placeholder })}
          resize="vertical"
          onChange={(_, { value }) => onType(value)}
        />
      ) : (
        <Input
          {...common}
          input={{ ref: input }}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(inputMode === undefined ? {} : { inputMode })}
          readOnly={readOnly}
          {...(readOnly ? { appearance: 'filled-darker' as const } : {})}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => onType(value)}
        />
      )}
    </Field>
  );
}
