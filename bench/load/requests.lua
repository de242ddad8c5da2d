-- Sends the requests of a file, "path<TAB>token" per line, in its order; prints what wrk counted as JSON.
local requests, at = {}, 0

function init()
  local made = {}
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    if not made[line] then
      local path, token = line:match("^(.-)\t(.*)$")
      made[line] = wrk.format("GET", path, { authorization = "Bearer " .. token })
    end
    requests[#requests + 1] = made[line]
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
