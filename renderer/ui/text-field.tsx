import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

const box =
  'w-full rounded-md border border-line-strong bg-bg px-2 text-fg text-selectable outline-offset-0 aria-invalid:border-red disabled:opacity-50';

interface FieldProps {
  label: string;
  /** Shown while there is no error. */
  hint?: ReactNode;
  error?: ReactNode;
  /** The label is read out only. */
  hideLabel?: boolean;
}

interface FieldIds {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** Label, control, and under it the hint or the error, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  children,
}: FieldProps & { children: (ids: FieldIds) => ReactNode }) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': Boolean(error),
        'aria-describedby': below ? `${id}-below` : undefined,
      })}
      {below && (
        <div
          id={`${id}-below`}
          role={error ? 'alert' : undefined}
          className={classNames('text-sm', error ? 'text-red' : 'text-muted')}
        >
          {below}
        </div>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: FieldProps & ComponentPropsWithRef<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => (
        <input
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...ids}
          className={classNames(box, 'h-7', className)}
        />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...area
}: FieldProps & ComponentPropsWithRef<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => (
        <textarea
          rows={3}
          {...area}
          {...ids}
          className={classNames(box, 'resize-none py-1', className)}
        />
      )}
    </Field>
  );
}

export function Select({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...select
}: FieldProps & ComponentPropsWithRef<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => <select {...select} {...ids} className={classNames(box, 'h-7 px-1', className)} />}
    </Field>
  );
}
