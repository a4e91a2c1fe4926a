import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.common.SequenceChain;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A week for Timefold Solver: a seat of a shift is the planning entity, its volunteer the planning
 * variable.
 *
 * <p>Facts, one a line, on standard input; rosters on standard output, one a line: milliseconds
 * since 1970, hard score, soft score, and the volunteer of each seat, -1 for nobody. The solver's
 * settings are its defaults.
 *
 * <p>Arguments: moment at which to end, in milliseconds since 1970; seed of everything random.
 */
public class TimefoldWeek {
    private static final long MILLISECONDS_BETWEEN_ROSTERS = 250;

    // ---- facts

    /** Somebody who can work; costs are in points of the one total. */
    public static class Volunteer {
        int index;
        int mostShifts;
        /** Shifts that have to be given: min_shifts, or what the person offered. */
        int due;
        /** 1 for a novice, less the novices that a mentor looks after for a mentor, else 0. */
        int novices;
        /** Level of each skill. */
        int[] levels;
        /** Cost of n shifts by the rule `fairness`. */
        long[] loadCost;
    }

    /** A shift of a center. */
    public static class Shift {
        int center;
        int day;
        int start;
        int end;
        List<Volunteer> candidates = new ArrayList<>();
        /** Cost by volunteer, of the rules `travel` and `wish`. */
        int[] travelCost;
        int[] wishCost;
    }

    /** A requirement: people of a shift with a skill. */
    public static class Need {
        Shift shift;
        /** Index of the skill, -1 for a head count. */
        int skill;
        int level;
        /** Cost with n seats filled, up to the target. */
        long[] cost;

        boolean counts(Volunteer volunteer) {
            return skill < 0 || volunteer.levels[skill] >= level;
        }

        long saved(int filled) {
            return cost[0] - cost[Math.min(filled, cost.length - 1)];
        }
    }

    // ---- plan

    /** A place in a shift, for somebody who can come, or nobody. */
    @PlanningEntity
    public static class Seat {
        @PlanningId
        private Integer id;

        private Shift shift;

        @PlanningVariable(allowsUnassigned = true)
        private Volunteer volunteer;

        public Seat() {}

        Seat(int id, Shift shift) {
            this.id = id;
            this.shift = shift;
        }

        @ValueRangeProvider
        public List<Volunteer> getCandidates() {
            return shift.candidates;
        }

        Shift shift() {
            return shift;
        }

        Volunteer volunteer() {
            return volunteer;
        }

        int center() {
            return shift.center;
        }

        int day() {
            return shift.day;
        }

        int start() {
            return shift.start;
        }

        int end() {
            return shift.end;
        }
    }

    /** All seats. */
    @PlanningSolution
    public static class Roster {
        @ProblemFactCollectionProperty
        private List<Volunteer> volunteers = new ArrayList<>();

        @ProblemFactCollectionProperty
        private List<Need> needs = new ArrayList<>();

        @PlanningEntityCollectionProperty
        private List<Seat> seats = new ArrayList<>();

        @PlanningScore
        private HardSoftLongScore score;

        public Roster() {}
    }

    /** What rules of the week have as a value, or as a weight times the rate of its level. */
    private static int mostCenters;

    private static int mostDays;
    private static long lackingCost;
    private static long continuityCost;
    private static long fullDayCost;

    // ---- rules

    /**
     * One constraint for each rule; availability, distance and capacity are in the seats and their
     * candidates.
     */
    public static class Rules implements ConstraintProvider {
        // Streams with the same functions are computed once.
        private static final Function<Seat, Volunteer> WHO = Seat::volunteer;
        private static final Function<Seat, Integer> DAY = Seat::day;
        private static final UniConstraintCollector<Seat, ?, Integer> NUMBER =
                ConstraintCollectors.count();
        private static final UniConstraintCollector<Seat, ?, Integer> CENTERS =
                ConstraintCollectors.countDistinct(Seat::center);

        @Override
        public Constraint[] defineConstraints(ConstraintFactory week) {
            return new Constraint[] {
                onePlace(week),
                oneCenterPerDay(week),
                maxShifts(week),
                maxCenters(week),
                maxConsecutiveDays(week),
                mentor(week),
                coverageOfNobody(week),
                coverage(week),
                fairness(week),
                minShiftsOfNone(week),
                minShifts(week),
                wish(week),
                travel(week),
                continuity(week),
                fullDay(week),
            };
        }

        /** Nobody is in two shifts at a time, or twice in one. */
        Constraint onePlace(ConstraintFactory week) {
            return week.forEachUniquePair(
                            Seat.class,
                            Joiners.equal(WHO),
                            Joiners.overlapping(Seat::start, Seat::end))
                    .penalize(HardSoftLongScore.ONE_HARD)
                    .asConstraint("one_place");
        }

        Constraint oneCenterPerDay(ConstraintFactory week) {
            return week.forEachUniquePair(Seat.class, Joiners.equal(WHO), Joiners.equal(DAY))
                    .filter((one, other) -> one.center() != other.center())
                    .penalize(HardSoftLongScore.ONE_HARD)
                    .asConstraint("one_center_per_day");
        }

        Constraint maxShifts(ConstraintFactory week) {
            return shifts(week)
                    .filter((who, shifts) -> shifts > who.mostShifts)
                    .penalize(HardSoftLongScore.ONE_HARD, (who, shifts) -> shifts - who.mostShifts)
                    .asConstraint("max_shifts");
        }

        Constraint maxCenters(ConstraintFactory week) {
            return centers(week)
                    .filter((who, centers) -> centers > mostCenters)
                    .penalize(HardSoftLongScore.ONE_HARD, (who, centers) -> centers - mostCenters)
                    .asConstraint("max_centers");
        }

        Constraint maxConsecutiveDays(ConstraintFactory week) {
            return week.forEach(Seat.class)
                    .groupBy(WHO, ConstraintCollectors.toConsecutiveSequences(Seat::day))
                    .flattenLast(SequenceChain<Seat, Integer>::getConsecutiveSequences)
                    .filter((who, days) -> days.getLength() > mostDays)
                    .penalize(
                            HardSoftLongScore.ONE_HARD, (who, days) -> days.getLength() - mostDays)
                    .asConstraint("max_consecutive_days");
        }

        Constraint mentor(ConstraintFactory week) {
            return week.forEach(Seat.class)
                    .groupBy(
                            Seat::shift, ConstraintCollectors.sum(seat -> seat.volunteer().novices))
                    .filter((shift, alone) -> alone > 0)
                    .penalize(HardSoftLongScore.ONE_HARD, (shift, alone) -> alone)
                    .asConstraint("mentor");
        }

        /** What requirements cost while nobody is there. */
        Constraint coverageOfNobody(ConstraintFactory week) {
            return week.forEach(Need.class)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, need -> need.cost[0])
                    .asConstraint("coverage of nobody");
        }

        /** What those who are there save of it. */
        Constraint coverage(ConstraintFactory week) {
            return week.forEach(Need.class)
                    .join(
                            Seat.class,
                            Joiners.equal(need -> need.shift, Seat::shift),
                            Joiners.filtering((need, seat) -> need.counts(seat.volunteer())))
                    .groupBy((need, seat) -> need, ConstraintCollectors.countBi())
                    .rewardLong(HardSoftLongScore.ONE_SOFT, Need::saved)
                    .asConstraint("coverage");
        }

        Constraint fairness(ConstraintFactory week) {
            return shifts(week)
                    .penalizeLong(
                            HardSoftLongScore.ONE_SOFT,
                            // Beyond most shifts a hard rule is broken anyway.
                            (who, shifts) -> who.loadCost[Math.min(shifts, who.mostShifts)])
                    .asConstraint("fairness");
        }

        /** What it costs if nobody has any shift. */
        Constraint minShiftsOfNone(ConstraintFactory week) {
            return week.forEach(Volunteer.class)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, who -> lackingCost * who.due)
                    .asConstraint("min_shifts of none");
        }

        Constraint minShifts(ConstraintFactory week) {
            return shifts(week)
                    .rewardLong(
                            HardSoftLongScore.ONE_SOFT,
                            (who, shifts) -> lackingCost * Math.min(shifts, who.due))
                    .asConstraint("min_shifts");
        }

        Constraint wish(ConstraintFactory week) {
            return week.forEach(Seat.class)
                    .penalize(
                            HardSoftLongScore.ONE_SOFT,
                            seat -> seat.shift.wishCost[seat.volunteer.index])
                    .asConstraint("wish");
        }

        Constraint travel(ConstraintFactory week) {
            return week.forEach(Seat.class)
                    .penalize(
                            HardSoftLongScore.ONE_SOFT,
                            seat -> seat.shift.travelCost[seat.volunteer.index])
                    .asConstraint("travel");
        }

        Constraint continuity(ConstraintFactory week) {
            return centers(week)
                    .filter((who, centers) -> centers > 1)
                    .penalizeLong(
                            HardSoftLongScore.ONE_SOFT,
                            (who, centers) -> continuityCost * (centers - 1))
                    .asConstraint("continuity");
        }

        Constraint fullDay(ConstraintFactory week) {
            return week.forEach(Seat.class)
                    .groupBy(WHO, DAY, NUMBER)
                    .filter((who, day, shifts) -> shifts > 1)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, (who, day, shifts) -> fullDayCost)
                    .asConstraint("full_day");
        }

        private static BiConstraintStream<Volunteer, Integer> shifts(ConstraintFactory week) {
            return week.forEach(Seat.class).groupBy(WHO, NUMBER);
        }

        private static BiConstraintStream<Volunteer, Integer> centers(ConstraintFactory week) {
            return week.forEach(Seat.class).groupBy(WHO, CENTERS);
        }
    }

    // ---- run

    public static void main(String[] arguments) throws IOException {
        long deadline = Long.parseLong(arguments[0]);
        Roster roster = read();
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Seat.class)
                .withConstraintProviderClass(Rules.class)
                .withRandomSeed(Long.parseLong(arguments[1]))
                .withTerminationSpentLimit(
                        Duration.ofMillis(Math.max(1, deadline - System.currentTimeMillis())));
        var solver = SolverFactory.<Roster>create(config).buildSolver();
        long[] told = {0};
        solver.addEventListener(event -> {
            long now = System.currentTimeMillis();
            boolean isWhole = event.isNewBestSolutionInitialized();
            if (isWhole && now - told[0] >= MILLISECONDS_BETWEEN_ROSTERS) {
                told[0] = now;
                tell(event.getNewBestSolution());
            }
        });
        tell(solver.solve(roster));
    }

    private static void tell(Roster roster) {
        StringBuilder line = new StringBuilder();
        line.append(System.currentTimeMillis()).append(' ').append(roster.score.hardScore());
        line.append(' ').append(roster.score.softScore());
        for (Seat seat : roster.seats) {
            line.append(' ').append(seat.volunteer == null ? -1 : seat.volunteer.index);
        }
        System.out.println(line);
    }

    private static Roster read() throws IOException {
        Roster roster = new Roster();
        List<Shift> shifts = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            long[] n = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
            switch (words[0]) {
                case "rules" -> {
                    mostCenters = (int) n[0];
                    mostDays = (int) n[1];
                    lackingCost = n[2];
                    continuityCost = n[3];
                    fullDayCost = n[4];
                }
                case "volunteer" -> {
                    Volunteer volunteer = new Volunteer();
                    volunteer.index = roster.volunteers.size();
                    volunteer.mostShifts = (int) n[0];
                    volunteer.due = (int) n[1];
                    volunteer.novices = (int) n[2];
                    int skills = (int) n[3];
                    volunteer.levels =
                            Arrays.stream(n, 4, 4 + skills).mapToInt(Math::toIntExact).toArray();
                    volunteer.loadCost = Arrays.copyOfRange(n, 4 + skills, n.length);
                    roster.volunteers.add(volunteer);
                }
                case "shift" -> {
                    Shift shift = new Shift();
                    shift.center = (int) n[0];
                    shift.day = (int) n[1];
                    shift.start = (int) n[2];
                    shift.end = (int) n[3];
                    shift.travelCost = new int[roster.volunteers.size()];
                    shift.wishCost = new int[roster.volunteers.size()];
                    shifts.add(shift);
                    for (int i = 0; i < n[4]; i++) {
                        roster.seats.add(new Seat(roster.seats.size(), shift));
                    }
                }
                case "candidate" -> {
                    Shift shift = shifts.get((int) n[0]);
                    shift.candidates.add(roster.volunteers.get((int) n[1]));
                    shift.travelCost[(int) n[1]] = (int) n[2];
                    shift.wishCost[(int) n[1]] = (int) n[3];
                }
                case "need" -> {
                    Need need = new Need();
                    need.shift = shifts.get((int) n[0]);
                    need.skill = (int) n[1];
                    need.level = (int) n[2];
                    need.cost = Arrays.copyOfRange(n, 3, n.length);
                    roster.needs.add(need);
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        return roster;
    }
}
