#!/usr/bin/env python3
"""Makes demo/earthquakes.ndjson out of data/earthquakes.json of the npm package vega-datasets (USGS, public domain).

    npm pack vega-datasets && tar xzf vega-datasets-*.tgz package/data/earthquakes.json
    dist/src/demo/convert-earthquakes.py package/data/earthquakes.json > dist/src/main/resources/demo/earthquakes.ndjson
"""

import json
import sys
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
KEPT = ["mag", "magType", "place", "type", "status", "tsunami", "sig", "felt", "cdi", "mmi", "alert", "nst", "dmin",
        "rms", "gap", "url"]
HEADER = """\
# Earthquakes of 31 January to 7 February 2018, as CloudEvents, one on each line.
# Data: U.S. Geological Survey, Earthquake Hazards Program, https://earthquake.usgs.gov/earthquakes/feed/ (public
# domain), by way of data/earthquakes.json of the npm package vega-datasets. Credit: U.S. Geological Survey.
# Events with the attribute "invalidonpurpose" are not real: they show what a broker and a consumer refuse."""


def instant(millis):
    text = (EPOCH + timedelta(milliseconds=millis)).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def event(feature):
    properties = feature["properties"]
    data = {key: properties[key] for key in KEPT if properties[key] is not None}
    data["updated"] = instant(properties["updated"])
    data["coordinates"] = feature["geometry"]["coordinates"]
    return {
        "specversion": "1.0",
        "id": feature["id"],
        "source": "https://earthquake.usgs.gov/earthquakes/feed",
        "type": "USGS.ANSS.Earthquake.Detected",
        "time": instant(properties["time"]),
        "subject": properties["place"],
        "partitionkey": properties["net"],
        "datacontenttype": "application/json",
        "data": data,
    }


def spoilt(real, number, why, change):
    copy = json.loads(json.dumps(real))
    copy["id"] = f"invalid-on-purpose-{number}"
    copy["invalidonpurpose"] = why
    change(copy["data"])
    return copy


def without(name):
    return lambda data: data.pop(name)


def setting(**values):
    return lambda data: data.update(values)


SPOILT = {
    200: ("violates the schema: the magnitude is text", setting(mag="strong")),
    450: ("no consumer can use it: deeper than the Earth", setting(coordinates=[-116.8, 33.5, 7200])),
    700: ("violates the schema: no place on Earth is at latitude 134.5", setting(coordinates=[-118.6, 134.5, 10.2])),
    900: ("no consumer can use it: updated before it happened", setting(updated="1906-04-18T13:12:27.000Z")),
    1150: ("violates the schema: it does not say where", without("coordinates")),
    1400: ("no consumer can use it: stronger than any earthquake", setting(mag=12.5)),
    1600: ("violates the schema: the kind is none that is known", setting(type="dragon")),
}


def main():
    features = json.load(open(sys.argv[1], encoding="utf-8"))["features"]
    features.sort(key=lambda feature: feature["properties"]["time"])
    print(HEADER)
    number = 0
    for index, feature in enumerate(features):
        real = event(feature)
        print(json.dumps(real, ensure_ascii=False, separators=(",", ":")))
        if index in SPOILT:
            number += 1
            print(json.dumps(spoilt(real, number, *SPOILT[index]), ensure_ascii=False, separators=(",", ":")))


main()
