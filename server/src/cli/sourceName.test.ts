import { describe, expect, it } from 'vitest';
import { sourceNames } from './sourceName.js';

describe('sourceNames', () => {
  it('are whole paths where these fit', () => {
    const paths = ['logs/jobmanager.log', 'logs/taskmanager.log'];
    expect(sourceNames(paths, 40)).toEqual({ folder: '', names: paths });
  });

  it('leave out the folder of all logs where a path does not fit', () => {
    const folder = '/var/log/clusters/orders/2026-11-22/';
    expect(sourceNames([`${folder}jobmanager.log`, `${folder}tm-1/taskmanager.log`], 40)).toEqual({
      folder,
      names: ['jobmanager.log', 'tm-1/taskmanager.log'],
    });
  });

  it('never cut a name in two', () => {
    expect(sourceNames(['/logs/taskmanager-1.log', '/logs/taskmanager-2.log'], 10)).toEqual({
      folder: '/logs/',
      names: ['taskmanager-1.log', 'taskmanager-2.log'],
    });
  });

  it('know the separators of Windows', () => {
    const { folder, names } = sourceNames(['C:\\logs\\flink\\jm.log', 'C:\\logs\\flink\\tm\\tm.log'], 10);
    expect([folder, ...names]).toEqual(['C:\\logs\\flink\\', 'jm.log', 'tm\\tm.log']);
  });

  it('leave out the folder of a single log', () => {
    expect(sourceNames(['/var/log/flink/jobmanager.log'], 20).names).toEqual(['jobmanager.log']);
  });

  it('are whole paths where the logs share no folder', () => {
    const paths = ['/var/log/flink/jobmanager.log', 'taskmanager.log'];
    expect(sourceNames(paths, 20)).toEqual({ folder: '', names: paths });
    expect(sourceNames([], 20)).toEqual({ folder: '', names: [] });
  });
});
