"""Short and pet forms of given names in languages beside English, as `nicknames` reads them: one line is one group.

Names are spelled as they are compared: in small Latin letters, without accents. Where Cyrillic is put into Latin
letters in several ways, the usual ones stand in a group. A form of many unrelated names stands with the most common.
"""

from typing import Final

MANY: Final = """
alexander alexandre alejandro alessandro aleksander aleksandr alexandr alex ale sasha sascha sacha sanya shura shurik
alexander alexandre alejandro alessandro aleksander aleksandr alexandr xande xandao xandinho xandi sandro jandro olek
alexandra alejandra alessandra aleksandra alex ale sandra sasha sascha sacha sanya shura asya jandra ola olka
anton antonio antonius antoni antoine toni tony tono tonin antonito toninho tonico tonho tonio tonino nino toto
anton antonius antoni antoine antoon ton toon teun twan toine titou antek
antonia antonietta antonie toni tona tonia tonina antonita toos tonny
carolina karolina karoline caroline caro carol karo lina line karola karolcia
christian christiaan cristian chris
christoph christophe chris stoffel
emmanuel emanuele manuel manoel manu manolo manolito manel lolo manny mane nelo neca
emmanuelle emanuela manuela manu manola manoli manolita
helena helene elena yelena lena leni lene hella leninha lenochka leen hela helka
leonard leonardo leonardus leendert leo leon leen nardo
magdalena magdalene madalena maddalena magda madda mada malena lena leni
maria mariya marija marie ria riet mieke mies miep mizzi mitzi mariechen mariazinha mariquinhas micas
maria mariya marija marie masha mashenka manya marusya marysia maryska majka
maximilian maximiliano maximilien massimiliano max maxi massi
maxim maxime maksim massimo max maks massi
nikolaus nicolas nicola nicolaas nico niko nick niek klaas klaus colas
nikolay nikolai nikolaj kolya kolia
"""
"""Names that these languages share."""

SPANISH: Final = """
jose pepe pepito pepin chepe joselito josele
josefa josefina pepa pepita fina chepa
francisco paco pancho curro paquito panchito pacho quico kiko fran cisco
francisca paca paquita paqui pancha panchita curra
dolores lola lolita loli loles marilo
ignacio nacho inaki ignasi
enrique quique kike quico
guillermo memo guille willy
guadalupe lupe lupita guada
rosario charo charito chayo
concepcion concha conchita conchi chon
consuelo chelo
jesus chus chuy suso chucho
rafael rafa rafi falo fali
alberto beto berto
roberto beto berto rober betinho
humberto beto berto
eduardo edu lalo guayo
gonzalo gonza chalo
fernando fer nando fercho
fernanda fer nanda
ricardo richi ricky rica
vicente chente vicen
santiago santi chago yago
sebastian sebas seba bastian
luis lucho luisito guicho
luisa lucha luisita marisa
mercedes merche merchi meche
teresa tere teresita maite mayte
pilar pili piluca
isabel isa chabela chavela isabelita maribel bel
carmen carmela carmina carmencita menchu mamen maricarmen
margarita marga
catalina cata lina
cristina cris tina cristi cristy
cristobal tobal
beatriz bea betty
patricia patri paty pati
gabriela gabi gaby
gabriel gabi gabo gabri
daniel dani
daniela dani
miguel migue miguelito mikel
joaquin quino joaco chimo ximo quim
bartolome bartolo tolo
agustin agus tin
federico fede
lorenzo loren lencho
ernesto neto
juan juanito juancho juanjo juanma
juana juanita juani
pedro perico pedrito
felipe pipe feli
salvador salva chava
rodrigo rodri
ramon moncho monchi
raimundo mundo
edmundo mundo
arturo turo
adolfo fito
rodolfo fito rodo rudy
alfonso fonso poncho alfon
alfredo fredo fredy alfre
gregorio goyo
inmaculada inma macu
montserrat montse monse
milagros mila
remedios reme
encarnacion encarna encarni
asuncion asun chon
purificacion puri pura
trinidad trini
esperanza espe
soledad sole chole marisol
eugenio geno
graciela chela
micaela mica
victoria vicky viqui toya
valentina vale
natalia nati naty
sofia sofi
susana susi
rosa rosita rosi
emilio milo
leticia leti lety
veronica vero
yolanda yoli yola
estefania estefi fany stefi
matias mati
mateo teo
teodoro teo doro
domingo mingo
"""

PORTUGUESE: Final = """
jose ze zeca zezinho zeze juca
joao joaozinho janjao
francisco chico xico chiquinho
francisca chica chiquinha
luis luiz lula luisinho luizinho
eduardo edu dudu duda
eduarda duda
carlos caca carlinhos carlao
gilberto giba beto
guilherme gui
gustavo guga gugu
rodrigo digo diguinho
paulo paulinho paulao
pedro pedrinho
sebastiao tiao bastiao
raimundo mundinho mundico
benedito dito bene
teresa tereza terezinha teresinha tete
fatima fatinha
isabel bel belinha bebel
beatriz bia
ana aninha
gabriel biel
aparecida cida cidinha
lurdes lourdes lurdinhas lurdinha
margarida guida guidinha
filipa pipa
filipe felipe lipe
henrique rique
joaquim quim quinzinho
augusto guto
mariana mari
marcelo celo
sergio serginho
lucas luquinhas
"""

ITALIAN: Final = """
giuseppe beppe peppe peppino beppino pino pippo
giuseppina pina peppina giusy pinuccia
francesco ciccio checco cesco chicco franco
francesca checca franca
giovanni gianni nanni vanni gio giovannino
giovanna gianna vanna
salvatore salvo turi turiddu sasa toto
luigi gigi gino gigino luigino
giacomo mino giacomino
vincenzo enzo cenzo
vincenza enza
lorenzo enzo renzo lollo
lorenza enza renza
domenico mimmo mico nico
domenica mimma
michele miki michi
raffaele lello raffa lele
raffaella lella raffa
gabriele lele gabri
gabriella lella gabri gabry
pasquale pasqualino lino
gennaro gennarino rino
bartolomeo bartolo meo
filippo pippo
federico fede chicco
federica fede
enrico rico chicco
riccardo ricky riki
stefano ste
matteo teo
edoardo edo
tommaso tommy maso
pietro piero
guglielmo memo
agostino tino
costantino tino
valentino tino vale
caterina cate rina
elisabetta betta elisa betty
margherita rita marghe ghita
teresa teresina
rosa rosetta rosina
concetta concettina cettina tina
carmela carmelina melina
lucia luciana lucy
giulia giulietta giuly
immacolata imma
assunta assuntina
angela lina angelina angiolina
beatrice bice bea
eleonora nora ele
"""

FRENCH: Final = """
jean jeannot
jeanne jeannette jeanneton
jacques jacquot jacky
jacqueline jacky
pierre pierrot
charles charlot
louis loulou
louise loulou louisette lison
francois fanfan
francoise fanfan fanchon soizic
georges jojo geo
joseph jojo
robert bebert
albert bebert
dominique dom domi
sebastien seb bastien
antoinette toinette nenette
laurent lolo
guillaume guigui
mathieu matthieu mat matt
mickael mikael mika mick
stephane steph
gerard gege
bernard nanard
daniel dany
marguerite margot guite
elisabeth babeth babette
catherine cathy cath
madeleine mado madelon
suzanne suzon suzette suzie
genevieve ginette
virginie nini
veronique vero
nathalie nath nat
isabelle isa
henriette riette
charlotte lolotte
florence flo
gabrielle gaby
clemence clem
anne annick annette nanette
"""

GERMAN: Final = """
johannes hannes hans johann
johann hans hansi hannes
josef joseph sepp seppl jupp beppo
josefine josephine josefa pepi sefa fine
friedrich fritz friedel fred
friederike rike fritzi frieda friedel
heinrich heinz heiner heini hinrich
wilhelm willi willy
wilhelmine mina minna helma
ludwig lutz
georg schorsch
siegfried sigi siggi
matthias matze hias
michael michi micha michel
andreas andi anderl andy
sebastian basti wastl bastian
tobias tobi
florian flo flori
benedikt bene
dominik domi
ulrich uli ulli ueli
ulrike uli ulli rike
rudolf rudi rolf
manfred manni
gerhard gerd gert
reinhard reini hardy
bernhard bernd berni
wolfgang wolf wolfi
gunter gunther gunni
dietrich dieter
joachim jochen achim
konrad conrad conny
karl kalle charly
eduard edi ede
ferdinand ferdi ferdl
leopold poldi leo
alois loisl lois
lorenz lenz
oliver oli olli
elisabeth lisbeth elsbeth liesel lisl sisi sissi else elli lilli
katharina kathi kathe kati trine katrin
margarete margarethe grete gretel gretl gretchen marga
johanna hanna hanne hannchen
susanne susi sanne suse
christine christina christl christel tine stine chrissi
brigitte gitte gitta biggi
gertrud gertraud trude traudl trudel trudi gerti
edeltraud traudl traude
waltraud traudl traude wally
theresia therese resi resl
anna anni annerl annchen anne
barbara barbel babsi babett
ursula uschi ulla ursel
henriette jette henni
charlotte lotte lotti
franziska franzi fanny ziska
gabriele gabi gaby
angelika geli angi
veronika vroni
rosa rosi rosl
monika moni
stefanie stephanie steffi
dorothea dora dorle thea
hildegard hilde
irmgard irmi irma
ingeborg inge
mathilde hilde tilda
mechthild hilde
elfriede elfi frieda friedel
cornelia conny nele
sabine bine
eleonore lore nora
hannelore hanne lore
adelheid heidi heide
juliane jule juli
regina gina regi
"""

DUTCH: Final = """
johannes jan hans johan joop
cornelis kees cees cor
cornelia corrie cor nel nelly
wilhelmus willem wim pim
wilhelmina mien willy wil mina
hendrik hendrikus henk rik hein
hendrika riek rika hennie
petrus piet pieter peter
jacobus jaap koos jaco sjaak jacob
jacoba coba cobi
gerardus gerard gert geert ger
theodorus theo dorus
adrianus adriaan ad aad janus
adriana adrie jaantje
franciscus frans
martinus maarten martin tinus
hubertus huub hub hubert
albertus albert ab
gijsbertus gijsbert gijs
bartholomeus bart
matthijs mathijs thijs
mattheus matheus thijs
sebastiaan bas
rudolf ruud
laurentius laurens lau rens
johanna jo hanneke joke jopie annie
elisabeth els lies elly liesbeth bep betsie
catharina trijntje toos cato rina
margaretha greet griet greetje margriet
petronella nel nelleke
geertruida truus geertje truida
alida alie
"""

RUSSIAN: Final = """
aleksey alexey aleksei alexei aleksej alyosha alesha lyosha lesha
anastasia anastasiya anastasija nastya nastia stasya asya
anatoly anatoliy anatolii anatoli tolya tolik
andrey andrei andrej andryusha
anna anya anja ania anyuta nyura nyusha
antonina tonya tonia
arkady arkadiy arkadii arkasha
artem artyom tyoma tema
boris borya boria
valentin valya valia valik
valentina valya valia
valery valeriy valerii valera
valeria valeriya lera valera
varvara varya varia
vasily vasiliy vasilii vasili vasya vasia
viktor victor vitya vitia
viktoria viktoriya victoria vika
vitaly vitaliy vitalii vitalik vitya
vladimir volodya volodia vova
vladislav vlad vladik slava
vyacheslav viacheslav vjaceslav slava
yaroslav jaroslav slava yarik
rostislav slava rostik
stanislav stas stasik
galina galya galia
gennady gennadiy gennadii gena
georgy georgiy georgii gosha zhora
egor yegor gosha
grigory grigoriy grigorii grisha
daniil danil danila danya
daria darya dariya dasha
denis deniska
dmitry dmitriy dmitrii dmitri dima mitya
evgeny evgeniy evgenii evgeni yevgeny yevgeniy eugene zhenya zhenia
evgenia evgeniya yevgenia yevgeniya zhenya zhenia
ekaterina yekaterina katya katia katja katyusha
elizaveta yelizaveta liza
ivan vanya vania
ilya ilia ilyusha
irina ira irisha
ksenia kseniya xenia ksyusha ksusha
konstantin kostya kostia
larisa lara
leonid lenya lyonya
lyudmila ludmila liudmila lyuda luda lusya mila
lyubov liubov lubov lyuba luba
margarita rita margo
mikhail michail misha
nadezhda nadya nadia nadja
natalia natalya nataliya natasha nata
oksana ksana
olga olya olia
pavel pasha pavlik
pyotr petr petya petia
polina polya polia
raisa raya
roman roma
semyon semen syoma senya
sergey sergei sergej seryozha serezha serge
sofia sofya sofiya sonya sonia sonja
stepan styopa stepa
svetlana sveta lana
tamara toma
tatiana tatyana tatjana tanya tania tanja
timofey timofei tima
fedor fyodor fedya fedia
yuri yuriy yurii yury juri yura jura
yulia yuliya julia yulya
yakov yasha
zinaida zina
lidia lidiya lida
klavdia klavdiya klava
"""

POLISH: Final = """
agnieszka aga agusia
alicja ala
andrzej jedrek
anna ania anka
arkadiusz arek
barbara basia baska
bartlomiej bartek
bartosz bartek
boleslaw bolek
bronislaw bronek
czeslaw czesiek
danuta danka danusia
dariusz darek
edward edek
elzbieta ela elka
eugeniusz genek gienek
franciszek franek
gabriela gabrysia
grzegorz grzesiek grzes
halina halinka hala
hanna hania hanka
henryk heniek
irena irka renia
ireneusz irek
jadwiga jadzia
jakub kuba
jan janek jas jasiek
janina janka
jaroslaw jarek
jerzy jurek
joanna asia joasia aska
jolanta jola jolka
jozef jozek
karol karolek lolek
katarzyna kasia kaska
kazimierz kazik kazek
krystyna krysia kryska
krzysztof krzysiek krzys krzych
lech leszek
maciej maciek
malgorzata gosia malgosia goska
mateusz mati
michal michas misiek
mieczyslaw mietek
miroslaw mirek
piotr piotrek piotrus
przemyslaw przemek
radoslaw radek
roman romek
ryszard rysiek
slawomir slawek
stanislaw staszek stas stasiek stach
stanislawa stasia
stefan stefek
szymon szymek
tadeusz tadek
tomasz tomek
urszula ula ulka
waclaw wacek
waldemar waldek
wieslaw wiesiek
wieslawa wiesia
wladyslaw wladek
wojciech wojtek
zbigniew zbyszek
zdzislaw zdzisiek
zofia zosia zoska
zuzanna zuza zuzia
"""

TURKISH: Final = """
mehmet memo
mustafa musti mistik
ibrahim ibo
fatma fatos
zeynep zeyno
suleyman sulo
huseyin huso
abdullah apo
ramazan ramo
ismail iso
"""

ABROAD: Final = (MANY, SPANISH, PORTUGUESE, ITALIAN, FRENCH, GERMAN, DUTCH, RUSSIAN, POLISH, TURKISH)
