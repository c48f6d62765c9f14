import type {
  CommandDef,
  Feature,
  FileDef,
  JobDef,
  MailDef,
  OptionSource,
  PostDef,
  ViewDef,
  WordDef,
} from '../core/feature.ts';

/** What all features declare, by name. */
export type Registry = {
  commands: Map<string, CommandDef>;
  words: Map<string, WordDef>;
  views: Map<string, ViewDef>;
  jobs: Map<string, JobDef>;
  mails: Map<string, MailDef>;
  files: Map<string, FileDef>;
  posts: Map<string, PostDef>;
  options: Map<string, OptionSource>;
};

/** Puts the features together. @throws where two of them declare the same name. */
export function createRegistry(features: readonly Feature[]): Registry {
  const collect = <T>(part: (feature: Feature) => Record<string, T> | undefined): Map<string, T> => {
    const all = new Map<string, T>();
    for (const feature of features)
      for (const [name, value] of Object.entries(part(feature) ?? {})) {
        if (all.has(name)) throw new Error(`${name} is declared twice, the second time by ${feature.name}`);
        all.set(name, value);
      }
    return all;
  };
  return {
    commands: collect((feature) => feature.commands),
    words: collect((feature) => feature.words),
    views: collect((feature) => feature.views),
    jobs: collect((feature) => feature.jobs),
    mails: collect((feature) => feature.mails),
    files: collect((feature) => feature.files),
    posts: collect((feature) => feature.posts),
    options: collect((feature) => feature.options),
  };
}
