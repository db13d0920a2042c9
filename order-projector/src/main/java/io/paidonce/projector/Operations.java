package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderCommand;
import io.paidonce.projector.deadletters.LetterId;
import java.net.URLEncoder;
import java.sql.SQLException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what operators ask, in their names. Nothing is changed in PostgreSQL: an action is a record
 * in Kafka like any other command, and what becomes of it is read like that of any other.
 */
final class Operations {

  private static final Logger log = LoggerFactory.getLogger(Operations.class);

  private static final String APPROVED = "APPROVED";
  private static final String REJECTED = "REJECTED";
  private static final String DONE = "DONE";

  private final TargetQuery targets;
  private final CommandSender commands;
  private final Redriver redriver;
  private final Clock clock;
  private final DualControl dualControl;
  private final Proposals proposals;

  Operations(
      TargetQuery targets,
      CommandSender commands,
      Redriver redriver,
      Clock clock,
      DualControl dualControl,
      Proposals proposals) {
    this.dualControl = dualControl;
    this.proposals = proposals;
    this.targets = targets;
    this.commands = commands;
    this.redriver = redriver;
    this.clock = clock;
  }

  /**
   * Does what a caller asks, or keeps it for a second person where that is demanded.
   *
   * @throws BadQuestionException if it can't be done; says why
   */
  Answer ask(Caller caller, Deed deed) throws SQLException {
    Target target = targets.of(caller, deed);
    if (!dualControl.needsTwo(deed.action(), target)) {
      return carryOut(deed, caller.name());
    }
    Proposal kept = proposals.propose(deed, target, caller.name(), dualControl.approveWithin());
    if (!kept.digest().equals(Proposal.digest(deed))
        || !Proposal.isSame(kept.proposedBy(), caller.name())) {
      throw new BadQuestionException(
          Problem.conflict(
                  "something else was proposed under this id",
                  "Take another Idempotency-Key; what was proposed stays as it is.")
              .of("idempotency-key"));
    }
    return Answer.accepted(kept.toJson(), "/v1/proposals/" + kept.id());
  }

  /**
   * Approves what another proposed, and does it. Whoever approved may repeat this until it is known
   * to be stored, since it becomes the same command again.
   *
   * @param digest of what the caller saw
   * @throws BadQuestionException if it can't be approved by this caller, or any more
   */
  Answer approve(Caller caller, String id, String digest) throws SQLException {
    Proposal seen = visible(caller, id);
    if (Proposal.isSame(seen.proposedBy(), caller.name())) {
      throw new BadQuestionException(
          Problem.forbidden(
              "who proposed it can't approve it", "Ask another operator who sees this shop."));
    }
    Proposal kept = decided(seen, digest, APPROVED, caller);
    if (kept.state().equals(DONE)) {
      return answer(kept.deed());
    }
    Answer answer = carryOut(kept.deed(), kept.actor());
    proposals.done(id);
    return answer;
  }

  /** Rejects what somebody proposed; one's own too. */
  Answer reject(Caller caller, String id, String digest) throws SQLException {
    return Answer.of(decided(visible(caller, id), digest, REJECTED, caller).toJson());
  }

  /** A proposal, as it stands. */
  Answer proposal(Caller caller, String id) throws SQLException {
    return Answer.of(visible(caller, id).toJson());
  }

  private Proposal decided(Proposal seen, String digest, String state, Caller caller)
      throws SQLException {
    if (!seen.digest().equals(digest)) {
      throw new BadQuestionException(
          Problem.conflict(
                  "digest is not that of this proposal",
                  "Look at the proposal, and send the digest that it has.")
              .of("digest"));
    }
    boolean isFirst = proposals.decide(seen.id(), digest, state, caller.name());
    Proposal kept = proposals.find(seen.id()).orElseThrow(Operations::unknownProposal);
    boolean isRepeated =
        kept.decidedBy() != null
            && kept.decidedBy().equals(caller.name())
            && (kept.state().equals(state)
                || (state.equals(APPROVED) && kept.state().equals(DONE)));
    if (!isFirst && !isRepeated) {
      throw new BadQuestionException(
          Problem.conflict(
              "this proposal is "
                  + kept.state()
                  + (kept.decidedBy() == null ? "" : ", by " + kept.decidedBy()),
              "Propose it anew, under another id, if it is still wanted."));
    }
    return kept;
  }

  private Proposal visible(Caller caller, String id) throws SQLException {
    Proposal proposal = proposals.find(id).orElseThrow(Operations::unknownProposal);
    String shop = proposal.shop();
    if (shop == null ? !caller.shops().isEmpty() : !caller.sees(shop)) {
      throw unknownProposal();
    }
    return proposal;
  }

  private static BadQuestionException unknownProposal() {
    return new BadQuestionException(
        Problem.notFound("there is no such proposal", "GET /v1/proposals lists them.")
            .of("proposal"));
  }

  /** A dead letter, and what operators did about it. */
  Answer letter(Caller caller, LetterId letter) throws SQLException {
    return targets.letter(caller, letter);
  }

  /** Returns when Kafka has it. */
  private Answer carryOut(Deed deed, String actor) {
    if (deed.letter() != null) {
      redriver.redrive(deed.letter(), actor, deed.reason());
    } else {
      commands.store(command(deed, actor));
    }
    Answer answer = answer(deed);
    log.info("{} by {}: {}", deed.action(), actor, answer.location());
    return answer;
  }

  /** Where what becomes of it is read. */
  private static Answer answer(Deed deed) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    String status;
    if (deed.order() == null) {
      answer.put("letter", String.valueOf(deed.letter()));
      status = "/v1/deadletters/" + encoded(String.valueOf(deed.letter()));
    } else {
      answer.put("commandId", deed.requestId());
      answer.put("shop", deed.order().shop()).put("orderNo", deed.order().orderNo());
      // An id is unique within an order only.
      status =
          "/v1/commands/"
              + encoded(deed.requestId())
              + "?shop="
              + encoded(deed.order().shop())
              + "&orderNo="
              + encoded(deed.order().orderNo());
    }
    return Answer.accepted(answer.put("status", status), status);
  }

  private OrderCommand command(Deed deed, String actor) {
    try {
      return deed.command(actor, clock.instant());
    } catch (IllegalArgumentException e) {
      // What a record of the contract refuses names its field.
      throw new BadQuestionException(
          Problem.badRequest(String.valueOf(e.getMessage()), "Mend the field."));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
