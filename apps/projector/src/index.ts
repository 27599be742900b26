export { startProjector, type Projector } from './projector.ts';
export { runProjector } from './main.ts';
