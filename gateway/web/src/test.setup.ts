import { configure } from '@testing-library/react';

// On a machine that builds and runs servers beside
configure({ asyncUtilTimeout: 30_000 });
