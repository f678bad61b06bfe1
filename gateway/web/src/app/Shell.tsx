import { BulbOutlined, LogoutOutlined, SearchOutlined, TranslationOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Menu } from 'antd';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { Loading } from '@/components/Loading';
import { wordsOf } from '@/lib/words/refusals';
import { useVerb } from '@/lib/api/hooks';
import { live, useLive } from '@/lib/live';
import { ME_KEY, useMay, useSession } from '@/lib/session';
import { dateTime, switchLanguage, useLanguage, useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import { useAppearance } from '@/lib/appearance';
import { areasOf } from './navigation';
import { SearchEverywhere } from './SearchEverywhere';

const SKIP: Text = ['跳到内容', 'Skip to the content'];
const LIVE: Text = ['实时', 'Live'];
const CONNECTING: Text = ['连接中', 'Connecting'];
const STALE: Text = ['非实时，自 {time}', 'Not live since {time}'];
const FIND: Text = ['查找…', 'Find…'];
const SIGN_OUT: Text = ['退出登录', 'Sign out'];
const TO_DARK: Text = ['深色', 'Dark'];
const TO_LIGHT: Text = ['浅色', 'Light'];
const TERMINAL: Text = ['生产终端', 'Terminal'];
const JOBS: Text = ['后台作业', 'Jobs'];
const API: Text = ['接口文档', 'API'];
const OTHER_LANGUAGE: Text = ['English', '中文'];
const NAVIGATION: Text = ['导航', 'Navigation'];

export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="#5fc6d2"
    strokeWidth="2.4"
    strokeLinecap="round"
    aria-hidden="true">
    <path d="M4 19V6l8 7 8-7v13" />
    <circle cx="12" cy="20" r="1.4" fill="#e0a344" stroke="none" />
  </svg>
);

/** Hears what happens while a page is shown. */
function useListening() {
  const client = useQueryClient();
  const listens = useMay()('get', '/api/live');
  useEffect(() => (listens ? live.start(client) : undefined), [client, listens]);
}

/** No frame: the page has the screen to itself. */
export function Bare() {
  useListening();
  return (
    <Suspense fallback={<Loading />}>
      <Outlet />
    </Suspense>
  );
}

/** The frame around every page: where to go, who is here, whether what is shown is live. */
export function Shell() {
  const t = useText();
  useListening();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t(SKIP)}
      </a>
      <Rail />
      <Top />
      <main className="content" id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function Rail() {
  const t = useText();
  const { permissions } = useSession();
  const { pathname } = useLocation();
  const areas = useMemo(() => areasOf(permissions), [permissions]);
  const items = areas.map(area => ({
    type: 'group' as const,
    key: area.name[1],
    label: t(area.name),
    children: area.places.map(place => ({
      key: place.to,
      icon: place.icon,
      label: <Link to={place.to + (place.search ?? '')}>{t(place.name)}</Link>,
    })),
  }));
  const selected = areas
    .flatMap(area => area.places)
    .map(place => place.to)
    .filter(to => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)));
  return (
    <nav className="rail" aria-label={t(NAVIGATION)}>
      <Link className="brand" to="/">
        <Mark />
        Mes
      </Link>
      <Menu theme="dark" mode="inline" items={items} selectedKeys={selected} inlineIndent={16} />
    </nav>
  );
}

function Top() {
  const t = useText();
  const language = useLanguage();
  const me = useSession();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { isDark, switchAppearance } = useAppearance();
  const { isLive, since } = useLive();
  const signOut = useVerb('post', '/api/identity/sign-out');
  const [isSearching, setIsSearching] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setIsSearching(true);
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  const leave = () =>
    signOut.mutate(
      {},
      {
        onSuccess: () => {
          client.clear();
          client.setQueryData(ME_KEY, null);
          void navigate('/sign-in');
        },
        onError: problem => void message.error(wordsOf(problem)),
      },
    );
  return (
    <header className="top">
      <Button icon={<SearchOutlined />} onClick={() => setIsSearching(true)} className="find">
        {t(FIND)} <kbd>Ctrl K</kbd>
      </Button>
      <span className="grow" />
      {may('get', '/api/live') && (
        <span role="status" className={`tag ${isLive === null ? 'calm' : isLive ? 'good' : 'warn'}`}>
          {isLive === null ? t(CONNECTING) : isLive ? t(LIVE) : t(STALE, { time: dateTime(new Date(since)) })}
        </span>
      )}
      {me.permissions.includes('production.sign-on') && <a href="/terminal/">{t(TERMINAL)}</a>}
      {me.permissions.includes('jobs.run') && (
        <a id="jobs" href="/jobs">
          {t(JOBS)}
        </a>
      )}
      <a href="/openapi/">{t(API)}</a>
      <Button type="text" icon={<BulbOutlined />} onClick={switchAppearance}>
        {t(isDark ? TO_LIGHT : TO_DARK)}
      </Button>
      <Button
        type="text"
        icon={<TranslationOutlined />}
        id="language"
        onClick={() => switchLanguage(language === 'en' ? 'zh-CN' : 'en')}>
        {t(OTHER_LANGUAGE)}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'roles', disabled: true, label: me.roles.map(role => valueOf(role)).join(', ') },
            { key: 'out', icon: <LogoutOutlined />, label: t(SIGN_OUT), onClick: leave },
          ],
        }}>
        <Button type="text" icon={<UserOutlined />} id="who">
          {me.name}
        </Button>
      </Dropdown>
      {isSearching && <SearchEverywhere onClose={() => setIsSearching(false)} />}
    </header>
  );
}
