-- Sends the requests of a file in its order, "path<TAB>authorization" and for a POST "<TAB>form" per line;
-- prints what wrk counted as JSON.
local requests, at = {}, 0

function init()
  local made = {}
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    if not made[line] then
      local path, authorization, form = line:match("^([^\t]*)\t([^\t]*)\t?(.*)$")
      local headers = { authorization = authorization }
      if form ~= "" then headers["content-type"] = "application/x-www-form-urlencoded" end
      made[line] = wrk.format(form == "" and "GET" or "POST", path, headers, form ~= "" and form or nil)
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
