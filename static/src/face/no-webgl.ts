// Stands in for @tensorflow/tfjs-backend-webgl, which the face detector imports and never uses (see vite.config.ts).
export const version_webgl = ''
