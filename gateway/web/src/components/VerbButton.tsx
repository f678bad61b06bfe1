import { Button, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Method, Path } from '@/lib/api/api';
import type { Paths } from '@/lib/api/generated';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { VerbForm, type VerbFormProps } from './VerbForm';

interface VerbButtonProps<M extends Method, P extends Path<M> & keyof Paths> extends Omit<
  VerbFormProps<M, P>,
  'isOpen' | 'onClose' | 'title'
> {
  label: Text;
  title?: Text;
  icon?: ReactNode;
  kind?: 'primary' | 'default' | 'text';
  /** Why it cannot be done now; it can where this is not given. */
  why?: Text | null;
}

/** A verb of the API as a button that opens its form. Who may not do it does not see it; what cannot be done now says why. */
export function VerbButton<M extends Method, P extends Path<M> & keyof Paths>({
  label,
  title,
  icon,
  kind = 'default',
  why,
  ...form
}: VerbButtonProps<M, P>) {
  const t = useText();
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!may(form.method, form.path)) return null;
  return (
    <>
      <Tooltip title={why ? t(why) : undefined}>
        <Button
          type={kind}
          icon={icon}
          disabled={Boolean(why)}
          onClick={() => setIsOpen(true)}
          size={kind === 'text' ? 'small' : undefined}>
          {t(label)}
        </Button>
      </Tooltip>
      <VerbForm
        {...(form as VerbFormProps<M, P>)}
        title={title ?? label}
        submit={form.submit ?? label}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}
