import { Alert, Modal, Typography } from 'antd';
import { useText, type Text } from '@/lib/text';

const ONCE: Text = ['只显示这一次，请立即保存', 'It is shown this once: keep it now'];
const GONE: Text = [
  '这个密钥已显示过，不会再显示。如未保存，请作废并新建。',
  'It was shown before and is not shown again. If it was not kept, revoke it and make a new one.',
];

export interface Shown {
  name: string;
  secret: string | null;
}

/** A secret that was made: shown once. */
export function Secret({ shown, onClose }: { shown: Shown | null; onClose: () => void }) {
  const t = useText();
  return (
    <Modal open={shown !== null} title={shown?.name} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Alert type={shown?.secret ? 'warning' : 'info'} showIcon title={t(shown?.secret ? ONCE : GONE)} className="gap" />
      {shown?.secret && (
        <Typography.Paragraph copyable code id="secret">
          {shown.secret}
        </Typography.Paragraph>
      )}
    </Modal>
  );
}
