import { minified, testGalleryOn } from "../front-ends/galleryOn.ts";

/** VS Code draws with 2.35, and 4 is the newest. */
testGalleryOn({ "2.35": minified("plotly-2"), "4": minified("plotly-4") });
