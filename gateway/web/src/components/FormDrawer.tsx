import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useText, type Text } from '@/lib/text';
import { ProblemAlert } from './Problem';

const SAVE: Text = ['保存', 'Save'];
const BACK: Text = ['返回', 'Back'];

interface FormDrawerProps {
  title: string;
  size: number;
  isOpen: boolean;
  isSaving: boolean;
  /** What was refused and stands at no field. */
  problem: unknown;
  /** What the button that sends is called. */
  submit?: Text;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The frame of a form: back, send, and above the fields what was refused where it stands at none of them. */
export function FormDrawer({
  title,
  size,
  isOpen,
  isSaving,
  problem,
  submit = SAVE,
  onSubmit,
  onClose,
  children,
}: FormDrawerProps) {
  const t = useText();
  return (
    <Drawer
      title={title}
      size={size}
      open={isOpen}
      onClose={onClose}
      destroyOnHidden
      extra={
        <>
          <Button onClick={onClose}>{t(BACK)}</Button>{' '}
          <Button type="primary" loading={isSaving} onClick={onSubmit}>
            {t(submit)}
          </Button>
        </>
      }>
      {Boolean(problem) && (
        <div className="gap">
          <ProblemAlert problem={problem} />
        </div>
      )}
      {children}
    </Drawer>
  );
}
