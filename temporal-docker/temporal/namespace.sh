#!/bin/sh
# Makes the namespace and the search attributes that Anchorwatch's workers ask for. Safe to run again.
set -eu
until temporal operator cluster health; do sleep 2; done
namespace=${TEMPORAL_NAMESPACE:?}
temporal operator namespace describe --namespace "$namespace" || temporal operator namespace create --namespace "$namespace" --retention 90d
temporal operator namespace update --namespace "$namespace" --retention 90d
until temporal operator search-attribute create --namespace "$namespace" \
  --name AnchorwatchModel --type Keyword \
  --name AnchorwatchOutcome --type Keyword \
  --name AnchorwatchPhase --type Keyword \
  --name AnchorwatchVersion --type Keyword \
  --name AnchorwatchDecision --type Keyword; do sleep 2; done
