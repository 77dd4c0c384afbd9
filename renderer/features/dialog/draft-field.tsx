import { Field, Input, mergeClasses, Textarea, type FieldProps, type InputProps } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { useFieldRow } from './field-row.ts';
import { saidOf, valueOf, type Field as FieldName, type Form } from './form.ts';
import { afterPress } from '../../parts/press.ts';

export interface DraftFieldProps {
  readonly form: Form;
  readonly name: FieldName;
  readonly label: string;
  readonly required?: boolean;
  /** What stands below while nothing is wrong. */
  readonly hint?: FieldProps['hint'];
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** Several lines can be typed. */
  readonly several?: boolean;
  readonly focused: boolean;
  readonly inputMode?: InputProps['inputMode'];
  readonly className?: string;
  readonly onType: (value: string) => void;
  readonly onLeave: () => void;
}

/** One text field of the draft: what would be right stands below it, in one line, once it was left. */
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
  inputMode,
  className,
  onType,
  onLeave,
}: DraftFieldProps) {
  const { t, has } = useTexts();
  const rows = useFieldRow();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const { fault, warning, code } = saidOf(form, name);
  const short = `beside-field.${code ?? ''}`;
  const message = fault !== null && has(short) ? t(short) : (fault ?? warning);
  const common = {
    className: rows.control,
    value: valueOf(form, name),
    'data-field': name,
    'aria-required': required,
    onBlur: () => afterPress(onLeave),
  };
  return (
    <Field
      className={mergeClasses(rows.row, className)}
      label={label}
      orientation="horizontal"
      validationState={fault === null ? (warning === null ? 'none' : 'warning') : 'error'}
      {...(message !== null ? { validationMessage: message } : hint === undefined ? {} : { hint })}
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
