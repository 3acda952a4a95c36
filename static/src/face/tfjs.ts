// Stands in for @tensorflow/tfjs (see vite.config.ts): the core with its chained operations and gradients, and nothing else.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'
import '@tensorflow/tfjs-core/dist/register_all_gradients'

export * from '@tensorflow/tfjs-core'
