import { describe, expect, it } from 'vitest';
import { compilePolicy } from './policy.ts';

const decide = compilePolicy({
  '/': { page: 'index page', methods: ['GET'] },
  '/operation': { page: 'operation page', methods: ['GET', 'POST'], otherwise: 'refuse' },
  '/users/me': { page: 'own page' },
  '/users/:id': { methods: ['GET'] },
  '/files/:id/*.pdf': { page: 'documents' },
  '/admin/*': { methods: [], otherwise: 'refuse' },
});

it.each([
  ['GET', '/', { permission: 'allowed', page: 'index page', route: '/' }],
  ['HEAD', '/', { permission: 'allowed', page: 'index page', route: '/' }],
  ['POST', '/', { permission: 'warn', page: 'index page', route: '/' }],
  ['POST', '/operation', { permission: 'allowed', page: 'operation page', route: '/operation' }],
  ['PUT', '/operation', { permission: 'refuse', page: 'operation page', route: '/operation' }],
  ['PURGE', '/users/me', { permission: 'allowed', page: 'own page', route: '/users/me' }],
  ['PUT', '/users/7', { permission: 'warn', page: undefined, route: '/users/:id' }],
  ['GET', '/admin/a/b', { permission: 'refuse', page: undefined, route: '/admin/*' }],
  ['GET', '/elsewhere', undefined],
  ['GET', '/users/7/keys', undefined],
  ['GET', '/administration', undefined],
])('decides on %s %s', (method, path, expected) => {
  expect(decide(method, path)).toEqual(expected);
});

describe('a refusal cannot be slipped past by spelling', () => {
  it.each([
    '/operation/',
    '/OPERATION',
    '//operation',
    '/%6fperation',
    '/%6Fperation//',
    '/admin',
    '/admin/%0a',
    '/ADMIN/x',
  ])('%s', (path) => {
    expect(decide('PUT', path)?.permission).toBe('refuse');
  });
});

it.each([
  ['/files/7/report.pdf', 'documents'],
  ['/files/7/report.pdfx', undefined],
  ['/files/7/a%ff.pdf', 'documents'],
])('takes the signs of expressions in a pattern as letters: %s', (path, page) => {
  expect(decide('GET', path)?.page).toBe(page);
});

it('takes a function as it is', () => {
  const decision = { permission: 'refuse', page: 'vault' } as const;
  expect(compilePolicy((_, path) => (path === '/vault' ? decision : undefined))('GET', '/vault')).toBe(decision);
});

it('says at the start that a pattern must begin with a slash', () => {
  expect(() => compilePolicy({ 'users/:id': {} })).toThrow(
    'The route pattern "users/:id" in the policy must begin with "/"',
  );
});
