// adaptivecards-templating's typings import a .ts source of adaptivecards that fails under erasableSyntaxOnly.
export type IAdaptiveCard = object;
