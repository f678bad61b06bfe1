import { CompassOutlined } from '@ant-design/icons';
import { Result } from 'antd';
import { LinkButton } from '@/components/LinkButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['没有此页面', 'There is no such page'];
const BACK: Text = ['返回总览', 'Back to the overview'];

export function NotFound() {
  const t = useText();
  return (
    <Result
      icon={<CompassOutlined className="muted" />}
      title={t(TITLE)}
      extra={
        <LinkButton to="/" type="primary">
          {t(BACK)}
        </LinkButton>
      }
    />
  );
}
