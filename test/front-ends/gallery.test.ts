import { require, testGalleryOn } from "./galleryOn.ts";

/** What our own extension draws with; test/long has those of other front ends. */
testGalleryOn({ "3": require.resolve("plotly.js/dist/plotly.min.js") });
