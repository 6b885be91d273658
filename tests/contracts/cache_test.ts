import { memoryCache } from "@/lib/cache/memory.ts";
import { cacheContract } from "./cache.ts";

cacheContract("memory cache", () => {
  let time = 1;
  const cache = memoryCache({ now: () => time });
  const pass = (ms: number) => {
    time += ms;
    return Promise.resolve();
  };
  return Promise.resolve({ cache, pass });
});
